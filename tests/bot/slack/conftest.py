"""A worker of digests with its store and its Slack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.slack.digest.workers import ANA, Office
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Ana is a member of the one channel, Gil a guest."""
    with FakeSlack() as slack, fresh_store("sqlite", tmp_path) as url:
        slack.user("UANA", ANA)
        slack.user("UGIL", "gil@guest.example", is_restricted=True)
        slack.user("UBOT", is_bot=True)
        slack.channel("C1", ["UANA"])
        made = Office(url, slack)
        yield made
        made.reading.dispose()
        made.writing.dispose()
