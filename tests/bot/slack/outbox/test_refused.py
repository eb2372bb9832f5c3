"""A subscription that Slack refuses is stopped, and its owner told so, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.keep.digests import PAUSED
from tests.bot.slack.digest.workers import DUE, WEEK, Office
from tests.fakes.slack_api import Fault


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("is_archived", "the channel is archived"),
        ("not_in_channel", "I am not in that channel any more"),
        ("restricted_action", "Slack refuses it (restricted_action)"),
    ],
)
def test_a_channel_that_is_closed_pauses_the_digest_and_its_owner_hears_of_it_once(
    office: Office, code: str, words: str
) -> None:
    id_ = office.subscribe()
    office.slack.fault("chat.postMessage", Fault(200, code))

    office.at(DUE, 1, 600)
    office.at(DUE + WEEK, 1)

    assert office.state(id_) == (PAUSED, code)
    assert office.top() == []
    told = office.top("D-UANA")
    assert len(told) == 1
    assert words in told[0]


def test_a_removed_bot_pauses_the_digest_and_it_can_be_taken_up_again(office: Office) -> None:
    id_ = office.subscribe()
    del office.slack.channels["C1"]
    office.slack.members["C1"] = []

    office.at(DUE, 1, 600)
    assert office.state(id_) == (PAUSED, "channel_not_found")
    assert len(office.top("D-UANA")) == 1

    office.slack.channel("C1", ["UANA"])
    assert office.subscribe() == id_
    office.at(DUE + WEEK)
    assert "The digest of W12 may not have come." in office.top()[0]


def test_a_revoked_token_pauses_the_digest_and_the_owner_is_told_once_a_token_is_there_again(office: Office) -> None:
    id_ = office.subscribe()
    for method in ("chat.postMessage", "conversations.info", "conversations.open"):
        office.slack.refused_methods[method] = "token_revoked"

    office.at(DUE, 1, 600)
    assert office.state(id_) == (PAUSED, "token_revoked")
    office.slack.refused_methods.clear()
    office.at(DUE + timedelta(days=1), 1, 600)

    assert office.top() == []
    assert len(office.top("D-UANA")) == 1
