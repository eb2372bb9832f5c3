"""Who can read a channel, for a digest: where Slack does not say, it waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.digest.details import PARTS
from bot.questions.answers.answer import Audience
from storage.keep import outbox
from storage.records import DayState
from tests.bot.slack.digest.workers import DUE, Office, states, thread
from tests.fakes.slack_api import Fault


def test_a_channel_that_is_open_to_guests_when_the_data_come_is_asked_about_once(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    states(office, DayState.COMPLETE, 3)
    office.slack.user("UGIL", "gil@guest.example", is_restricted=True)
    office.slack.channel("C1", ["UANA", "UGIL"])

    office.at(DUE + timedelta(hours=6))
    asked = len(office.slack.called("conversations.info"))
    office.at(DUE + timedelta(hours=7), 1, 2)

    assert "data incomplete" in office.top()[0]
    assert len(office.slack.called("conversations.info")) == asked


def test_figures_do_not_come_into_a_channel_that_guests_can_read_by_now(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    office.slack.fault("chat.update", Fault(status=500))
    states(office, DayState.COMPLETE, 3)
    office.at(DUE + timedelta(hours=5))
    office.slack.user("UGIL", "gil@guest.example", is_restricted=True)
    office.slack.channel("C1", ["UANA", "UGIL"])

    office.at(DUE + timedelta(hours=6), 1)

    assert "data incomplete" in office.top()[0]
    assert not any("Now that all data" in text for text in thread(office))
    assert outbox.WAITING not in office.message_states()
    assert outbox.SENDING not in office.message_states()


def test_while_slack_does_not_say_who_reads_a_channel_the_digest_waits(office: Office) -> None:
    office.subscribe()
    office.slack.refused_methods["conversations.info"] = "internal_error"

    office.at(DUE, 1)
    assert office.message_states() == {}
    office.slack.refused_methods.clear()
    office.at(DUE + timedelta(minutes=20))

    assert office.top()[0].startswith("W12, whole organisation (16 people)")


def test_where_a_guest_reads_along_no_figure_is_posted(office: Office) -> None:
    office.slack.channel("C1", ["UANA", "UGIL"])
    office.subscribe(parts=tuple(PARTS))

    office.at(DUE)

    assert len(office.slack.posted("C1")) == 1
    assert "no figures here" in office.top()[0]
    assert "tokens" not in office.top()[0]


def test_a_guest_who_comes_in_while_slack_is_away_finds_no_figure(office: Office) -> None:
    office.subscribe(parts=tuple(PARTS))
    office.slack.fault("chat.postMessage", Fault(500, "internal_error"))
    office.at(DUE)
    office.slack.channel("C1", ["UANA", "UGIL"])

    office.at(DUE + timedelta(minutes=15), 15)

    assert len(office.slack.posted("C1")) == 1
    assert "no figures here" in office.top()[0]
    assert office.message_states()[outbox.DROPPED] == len(PARTS)


def test_a_channel_whose_members_cannot_be_asked_for_is_not_taken_for_an_open_one(office: Office) -> None:
    readers = office.clock.readers

    assert readers.of("T1", "C1") is Audience.MEMBERS
    office.slack.fault("conversations.members", *[Fault(500, "internal_error")] * 4)
    with pytest.raises(SlackApiError):
        readers.of("T1", "C1")
