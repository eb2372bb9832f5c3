"""A subscription or a saved question that Slack refuses is stopped, and its owner told so, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.keep import outbox, saved
from storage.keep.digests import PAUSED
from storage.keep.outbox import Draft
from storage.keep.saved import Scheduled
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


def test_a_saved_question_whose_channel_is_closed_ends_and_its_owner_hears_of_it_once(office: Office) -> None:
    office.now = DUE
    wanted = Scheduled(
        workspace_id=office.workspace_id,
        email="a@x",
        text="cost last month",
        slack_team="T1",
        owner="UANA",
        channel="C1",
        weekday=2,
        minute=540,
        zone="UTC",
        since=DUE - WEEK,
    )
    with office.writing.begin() as connection:
        key = f"saved:{saved.save(connection, wanted)}:2026-03-24"
        for name, parent in ((key, ""), (f"{key}:1", key)):
            draft = Draft(key=name, parent=parent, slack_team="T1", channel="C1", message={"text": "$5"})
            outbox.put(connection, office.workspace_id, draft, DUE, WEEK)
    office.slack.fault("chat.postMessage", Fault(200, "is_archived"))

    office.at(DUE, 1, 600)

    (told,) = office.top("D-UANA")
    assert "the channel is archived" in told
    assert office.top() == []
    with office.writing.connect() as connection:
        assert saved.active(connection) == []
