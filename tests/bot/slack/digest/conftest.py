"""The app with its digests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.slack.digest.rooms import ANA, Room
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with FakeSlack() as slack, fresh_store("sqlite", tmp_path) as url:
        slack.user("UANA", ANA)
        slack.user("UCY")
        slack.user("UBOT", is_bot=True)
        slack.channel("C1", ["UANA", "UCY"])
        made = Room(url, slack)
        yield made
        made.reading.dispose()
        made.writing.dispose()
