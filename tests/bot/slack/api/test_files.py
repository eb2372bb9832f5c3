"""A file into Slack in its three calls: brought there unseen, then shown once."""

from __future__ import annotations

from urllib.error import HTTPError

import pytest

from bot.slack.api.clients import Clients
from bot.slack.api.files import share, upload
from tests.fakes.slack_api import FakeSlack, Fault


def test_what_is_brought_there_is_seen_only_once_it_is_shared(slack: FakeSlack) -> None:
    client = Clients(slack.url, 2).web("xoxb-1")

    file = upload(client, "chart.png", b"\x89PNG", "A line that rises")
    assert not slack.messages
    share(client, file, "It rose", "C1", "100.1")

    (room,) = slack.called("files.getUploadURLExternal")
    assert (room.data["filename"], int(room.data["length"]), room.data["alt_txt"]) == (
        "chart.png",
        4,
        "A line that rises",
    )
    (posted,) = slack.posted("C1")
    assert posted["thread_ts"] == "100.1"
    assert posted["files"][0]["title"] == "It rose"
    assert slack.files[file]["bytes"] == b"\x89PNG"


def test_a_way_that_breaks_is_raised_and_nothing_is_shown(slack: FakeSlack) -> None:
    slack.fault("upload", Fault(500))

    with pytest.raises(HTTPError):
        upload(Clients(slack.url, 2).web("xoxb-1"), "chart.png", b"x", "A")

    assert not slack.messages
