"""What is answered to who asked alone gets there and nowhere else; whom Slack does not confirm is nobody."""

from __future__ import annotations

import logging

import pytest

from bot.errors import UserError
from bot.slack.questions.alone import asker_email, tell_alone
from bot.slack.questions.blocks import said
from bot.slack.questions.turn import Turn
from tests.bot.slack.questions.tooling import tools_of
from tests.fakes.slack_api import FakeSlack


def turn(user: str = "UANA", channel: str = "C1") -> Turn:
    return Turn(team="T1", enterprise="", user=user, channel=channel, text="", claim="command:1", where="command")


def test_the_asker_alone_is_told(slack: FakeSlack) -> None:
    tell_alone(tools_of(slack), turn(), "xoxb-1", said("It is 7."))

    assert [message["text"] for message in slack.whispered("UANA")] == ["It is 7."]
    assert not slack.posted("C1")


def test_where_it_cannot_be_said_the_log_tells_and_nothing_is_raised(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refused_methods["chat.postEphemeral"] = "channel_not_found"
    slack.refused_methods["chat.postMessage"] = "channel_not_found"

    with caplog.at_level(logging.ERROR):
        tell_alone(tools_of(slack), turn(), "xoxb-1", said("It is 7."))

    assert "nothing could be said to the asker" in caplog.text
    assert "It is 7." not in caplog.text


def test_who_asks_is_the_address_that_slack_confirms(slack: FakeSlack) -> None:
    assert asker_email(tools_of(slack), turn(), "xoxb-1") == "ana@northwind.example"


def test_without_a_confirmed_address_nobody_asks(slack: FakeSlack) -> None:
    slack.user("UBARE", "")

    with pytest.raises(UserError, match="I cannot tell who you are"):
        asker_email(tools_of(slack), turn("UBARE"), "xoxb-1")
