"""The digests of each subscription: made when they are due, once, and put right when data come late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.digest.details import PARTS
from bot.questions.answers.answer import Audience
from storage.keep import digests, outbox
from storage.load.writes import LoadOf, save_usage
from storage.records import DayState
from tests.bot.digest.company import Company
from tests.bot.slack.digest.workers import DUE, MONDAY, WEEK, Office, states, thread
from tests.fakes.slack_api import Fault


def test_two_workers_at_the_same_minute_post_once(office: Office) -> None:
    office.subscribe()
    office.now = DUE
    other = office.worker()

    office.clock.maker.make_due(office.clock.readers.of)
    other.tick()
    office.clock.tick()

    assert len(office.top()) == 1


def test_workers_of_one_tick_take_the_digests_in_orders_of_their_own_and_none_is_made_twice(office: Office) -> None:
    channels = [f"C{number}" for number in range(6)]
    for channel in channels:
        office.subscribe(channel)
    office.now = DUE
    makers = [replace(office.worker().maker, order=Random(seed)) for seed in (1, 2)]
    looked: list[list[str]] = [[], []]
    made = [0, 0]

    def work(at: int, until: int) -> None:
        """One worker's tick, into which the other's falls after so many digests."""

        def audience(slack_team: str, channel: str) -> Audience:
            looked[at].append(channel)
            if len(looked[at]) == until:
                work(1 - at, len(channels) + 1)
            return Audience.MEMBERS

        made[at] = makers[at].make_due(audience)

    work(0, 3)

    assert made == [2, 4]
    assert looked[0] != channels[:3]
    assert {*looked[0][:2], *looked[1]} == {*channels}
    assert len(looked[0]) == 3


def test_two_days_late_it_comes_with_a_mark(office: Office) -> None:
    office.subscribe()

    office.at(DUE + timedelta(hours=48))

    assert "Late: it was due on Tuesday at 09:00." in office.top()[0]


def test_more_than_three_days_late_it_is_skipped_and_the_next_says_so(office: Office) -> None:
    office.subscribe()

    office.at(DUE + timedelta(hours=73))
    assert office.top() == []
    office.at(DUE + WEEK)

    assert office.top()[0].startswith("W13")
    assert "The digest of W12 may not have come." in office.top()[0]


def test_a_digest_that_fails_leaves_the_others_alone(office: Office) -> None:
    office.subscribe("C1", "Nowhere")
    office.subscribe("C1", "Care")

    office.at(DUE, 1)

    assert [text[:9] for text in office.top()] == ["W12, Care"]
    assert "there is no team of that name any more" in office.top("D-UANA")[0]


def test_a_digest_without_all_data_is_completed_in_its_place_when_they_come(office: Office) -> None:
    office.subscribe(parts=tuple(PARTS))
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    (first,) = office.slack.posted("C1")[:1]
    before, said = first["text"], len(thread(office))

    office.at(DUE, 30)
    assert len(office.slack.called("chat.update")) == 0
    states(office, DayState.COMPLETE, 3)
    office.at(DUE + timedelta(hours=5), 1, 2, 60)

    assert "data incomplete" in before
    assert len(office.top()) == 1
    assert "tokens per employee" in office.top()[0]
    assert "Complete now" in office.top()[0]
    assert len(office.slack.called("chat.update")) == 1
    note, *details = thread(office)[said:]
    assert note.startswith("Now that all data of W12 are there: data incomplete → a normal week; tokens per employee")
    assert "withheld →" in note
    assert len(details) == len(PARTS)


def test_a_digest_of_monday_loses_the_word_provisional_the_day_after_and_its_thread_is_left_alone(
    office: Office,
) -> None:
    office.subscribe(weekday=1)
    monday = DUE - timedelta(days=1)
    office.at(monday, 1)
    said = len(thread(office))
    assert "Provisional." in office.top()[0]

    office.at(monday + timedelta(hours=14), 1)
    assert "Provisional." in office.top()[0]
    office.at(monday + timedelta(hours=15), 1, 2, 60)

    assert "Provisional." not in office.top()[0]
    assert "Final now." in office.top()[0]
    assert len(office.slack.called("chat.update")) == 1
    assert len(thread(office)) == said


def test_what_moved_meanwhile_is_said_in_its_thread_and_is_no_correction_of_the_next(office: Office) -> None:
    office.subscribe(weekday=1)
    monday = DUE - timedelta(days=1)
    office.at(monday, 1)
    said = len(thread(office))

    late = Company(weeks=16, teams={"Build": 9, "Care": 7}, with_work=False, factor=lambda _team, _person, week: 1.04)
    rows = [row for row in late.usage() if row.day >= MONDAY]
    save_usage(office.writing, LoadOf(workspace_id=office.workspace_id, source="files", what="usage", now=monday), rows)
    office.at(DUE, 1)
    office.at(monday + WEEK, 1)

    (note, *_) = thread(office)[said:]
    assert note.startswith("Now that all data of W12 are there: tokens per employee")
    assert "Correction" not in office.top()[1]


def test_what_a_digest_said_beside_its_week_stands_in_the_completed_one_too(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE + timedelta(hours=5), 1)
    states(office, DayState.COMPLETE, 3)

    office.at(DUE + timedelta(hours=9), 1)

    assert "Late: it was due on Tuesday at 09:00." in office.top()[0]


def test_what_is_complete_and_then_final_says_everything_once(office: Office) -> None:
    office.subscribe(weekday=1)
    monday = DUE - timedelta(days=1)
    states(office, DayState.MISSING, 3)
    office.at(monday + timedelta(hours=2), 1)
    states(office, DayState.COMPLETE, 3)
    office.at(monday + timedelta(hours=4), 1)
    assert "Complete now" in office.top()[0]

    office.at(monday + timedelta(hours=20), 1, 60)

    assert office.top()[0].count("Late: it was due") == 1
    assert "Final now." in office.top()[0]
    assert "Complete now" not in office.top()[0]
    assert len(office.slack.called("chat.update")) == 2
    assert sum(text.startswith("Now that all data") for text in thread(office)) == 1


def test_two_workers_complete_it_once(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    states(office, DayState.COMPLETE, 3)
    office.now = DUE + timedelta(hours=5)
    other = office.worker()

    office.clock.maker.make_due(office.clock.readers.of)
    other.tick()
    office.clock.tick()

    assert len(office.slack.called("chat.update")) == 1


def test_where_messages_may_not_be_edited_its_thread_alone_says_what_is_new(office: Office) -> None:
    id_ = office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    states(office, DayState.COMPLETE, 3)
    office.slack.fault("chat.update", Fault(error="edit_window_closed"))

    office.at(DUE + timedelta(hours=5), 1)

    assert "data incomplete" in office.top()[0]
    assert any(text.startswith("Now that all data of W12 are there") for text in thread(office))
    assert office.state(id_)[0] == digests.ACTIVE


def test_what_was_withheld_and_is_told_now_is_no_correction(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    states(office, DayState.COMPLETE, 3)
    office.at(DUE + timedelta(hours=5), 1)

    office.at(DUE + WEEK, 1)

    assert "Correction" not in office.top()[1]


@pytest.mark.parametrize(
    "fault", [Fault(status=500), Fault(silent=True, after=True), Fault(status=429, headers={"Retry-After": "30"})]
)
def test_a_slack_that_breaks_meanwhile_gets_the_completed_one_later(office: Office, fault: Fault) -> None:
    office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    states(office, DayState.COMPLETE, 3)
    office.slack.fault("chat.update", fault)

    office.at(DUE + timedelta(hours=5), 1, 2, 5)

    assert len(office.top()) == 1
    assert "tokens per employee" in office.top()[0]


def test_a_message_somebody_deleted_is_not_completed_and_the_digest_goes_on(office: Office) -> None:
    id_ = office.subscribe()
    states(office, DayState.MISSING, 3)
    office.at(DUE, 1)
    states(office, DayState.COMPLETE, 3)
    office.slack.fault("chat.update", Fault(error="message_not_found"))

    office.at(DUE + timedelta(hours=5), 1)

    assert office.message_states()[outbox.FAILED] == 1
    assert office.state(id_)[0] == digests.ACTIVE


def test_where_no_source_brought_anything_the_owner_hears_of_it_once_and_the_channel_nothing(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, *range(7))

    office.at(DUE, 1, 60)

    assert office.top() == []
    assert len(office.top("D-UANA")) == 1
    assert "none of its sources has brought anything" in office.top("D-UANA")[0]


def test_and_what_comes_within_three_days_is_posted(office: Office) -> None:
    office.subscribe()
    states(office, DayState.MISSING, *range(7))
    office.at(DUE, 1)

    states(office, DayState.COMPLETE, *range(7))
    office.at(DUE + timedelta(hours=20), 1)

    assert len(office.top()) == 1
    assert office.top()[0].startswith("W12")
