"""When a listener breaks: the cause in the log, one sentence with its ticket to the person."""

from __future__ import annotations

import pytest
from slack_bolt import BoltContext, BoltResponse

from bot.slack.api.clients import Clients
from bot.slack.api.posting import Poster
from bot.slack.failures import broken
from tests.fakes.slack_api import FakeSlack, Fault


def breaks(slack: FakeSlack, response: BoltResponse | None = None, **context: str) -> None:
    known = {"user_id": "UANA", "channel_id": "C1", "team_id": "T1", "bot_token": "xoxb-1"}
    clients = Clients(slack.url, 1)
    poster = Poster(clients, lambda _: None, lambda: 0.0)
    told = BoltContext({name: value for name, value in (known | context).items() if value})
    broken(ValueError("what somebody wrote"), told, response, clients, poster, lambda: "ticket01")


def test_the_person_gets_a_sentence_alone_and_the_log_the_cause_without_their_words(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    breaks(slack)

    (told,) = slack.whispered("UANA")
    assert "ticket01" in told["text"]
    assert "ticket ticket01: a listener failed: ValueError" in caplog.text
    assert "what somebody wrote" not in caplog.text


def test_where_slack_is_about_to_try_again_or_nobody_is_known_nobody_is_told(slack: FakeSlack) -> None:
    breaks(slack, BoltResponse(status=500), bot_token="")
    breaks(slack, user_id="")
    breaks(slack, channel_id="")

    assert not slack.messages


def test_a_slack_that_takes_no_word_is_a_line_in_the_log(slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    slack.fault("chat.postEphemeral", Fault(200, "invalid_auth"))

    breaks(slack)

    assert "nothing could be said to the asker" in caplog.text
