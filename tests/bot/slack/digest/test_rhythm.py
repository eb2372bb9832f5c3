"""Late data, weeks without any, and how often a digest comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.digest.actions import Choice
from bot.digest.details import PARTS
from bot.digest.schedule import coming, due
from bot.slack.digest.blocks import PAUSE, RHYTHM
from bot.slack.digest.rhythm import NOTABLE, not_useful
from bot.statistics.weekly import run_length, usual
from storage.keep import digests, outbox
from storage.keep.choices import record_choice
from storage.load.writes import LoadOf, save_usage
from storage.records import DayState
from tests.bot.digest.company import Company, mark
from tests.bot.digest.test_schedule import subscription, weeks
from tests.bot.slack.outbox.test_sender import ANA, DUE, WEEK, Office, Steady
from tests.databases import fresh_store
from tests.fakes.slack_api import FakeSlack, Fault

MONDAY = date(2026, 3, 16)  # of the week that is due first


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with FakeSlack() as slack, fresh_store("sqlite", tmp_path) as url:
        slack.user("UANA", ANA)
        slack.user("UBOT", is_bot=True)
        slack.channel("C1", ["UANA"])
        made = Office(url, slack)
        yield made
        made.reading.dispose()
        made.writing.dispose()


def states(office: Office, state: DayState, *days: int) -> None:
    mark(office.writing, office.workspace_id, {MONDAY + timedelta(days=day): state for day in days})


def thread(office: Office) -> list[str]:
    return [message["text"] for message in office.slack.posted("C1") if message.get("thread_ts")]


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


def test_after_four_quiet_weeks_every_second_one_is_offered_once(office: Office) -> None:
    office.subscribe()

    for week in range(6):
        office.at(DUE + week * WEEK, 1)

    offers = [message for message in office.slack.posted("C1") if "every second week" in message["text"]]
    tops = office.slack.posted("C1")
    assert len(offers) == 1
    assert offers[0]["ts"] == [message["ts"] for message in tops if not message.get("thread_ts")][3]
    assert offers[0]["text"].endswith("4 quiet weeks in a row. Would every second week do?")
    assert any(
        element.get("action_id") == RHYTHM
        for block in offers[0]["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    )


def test_every_second_week_is_counted_from_the_last_one_across_week_53() -> None:
    wanted = replace(subscription(), every=2)
    now = datetime(2027, 1, 19, 9, tzinfo=UTC)

    assert weeks(due(wanted, "2026-W51", now, ZoneInfo("UTC"))) == ["2026-W53", "2027-W02"]
    assert due(wanted, "2026-W53", datetime(2027, 1, 12, 9, tzinfo=UTC), ZoneInfo("UTC")) == []
    assert weeks(due(wanted, "", datetime(2026, 1, 14, tzinfo=UTC), ZoneInfo("UTC"))) == ["2026-W01"]
    assert coming(wanted, "2026-W51", datetime(2026, 12, 23, tzinfo=UTC), ZoneInfo("UTC")).date() == date(2027, 1, 5)


def test_a_fortnightly_digest_that_was_missed_is_accounted_for_and_the_next_is_two_weeks_on() -> None:
    wanted = replace(subscription(), every=2)
    found = due(wanted, "2026-W49", datetime(2027, 1, 8, 10, tzinfo=UTC), ZoneInfo("UTC"))

    assert [(str(due.week), due.skip, due.late) for due in found] == [
        ("2026-W51", True, True),
        ("2026-W53", True, True),
    ]
    assert weeks(due(wanted, "2026-W53", datetime(2027, 1, 19, 9, tzinfo=UTC), ZoneInfo("UTC"))) == ["2027-W02"]


def test_every_second_week_of_a_year_of_ticks_is_posted_once_and_covers_the_week_before(office: Office) -> None:
    office.subscribe(every=2)

    for day in range(5 * 7):
        office.at(DUE + timedelta(days=day), 1)

    assert [text[:3] for text in office.top()] == ["W12", "W14", "W16"]


def test_back_to_every_week_the_week_left_out_is_neither_posted_late_nor_called_lost(office: Office) -> None:
    id_ = office.subscribe(every=2)
    office.at(DUE)
    office.at(DUE + WEEK + timedelta(days=2))
    with office.writing.begin() as connection:
        digests.change_rhythm(connection, office.workspace_id, id_, 1, office.now)

    office.at(DUE + WEEK + timedelta(days=2), 1)
    office.at(DUE + 2 * WEEK, 1)
    office.at(DUE + 3 * WEEK, 1)

    assert [text[:3] for text in office.top()] == ["W12", "W14", "W15"]
    assert not any("may not have come" in text for text in office.top())


def test_a_week_with_a_sustained_shift_is_not_quiet(office: Office) -> None:
    office.subscribe()
    for week in range(3):
        office.at(DUE + week * WEEK, 1)
    with office.writing.begin() as connection:
        newest = digests.issues(connection, 1)[0]
        digests.complete(connection, newest.id, newest.figures, {**newest.value, NOTABLE: True})

    office.at(DUE + 3 * WEEK, 1)

    assert not any("every second week" in text for text in office.top())


def test_the_change_of_rhythm_is_of_an_active_subscription_of_the_workspace_alone(office: Office) -> None:
    id_ = office.subscribe()

    with office.writing.begin() as connection:
        assert digests.change_rhythm(connection, office.workspace_id + 1, id_, 2, office.now) is None
        changed = digests.change_rhythm(connection, office.workspace_id, id_, 2, office.now)

    assert changed is not None
    assert changed.every == 2


def test_actions_that_half_of_the_answers_find_not_useful_lead_to_one_question_to_the_owner(office: Office) -> None:
    office.clock = office.worker(Steady("triage"))
    office.subscribe()
    office.at(DUE, 1)
    with office.writing.begin() as connection:
        for person, choice in enumerate((Choice.NOT_USEFUL, Choice.NOT_USEFUL, Choice.ACCEPT, Choice.NOT_NOW)):
            record_choice(
                connection, office.workspace_id, week="2026-W12", workflow="triage", person=f"U{person}",
                choice=choice.value, now=office.now,
            )  # fmt: skip

    office.at(DUE + WEEK, 1)
    office.at(DUE + 2 * WEEK, 1)

    asked = [message for message in office.slack.posted("D-UANA") if "Not useful" in message["text"]]
    assert len(asked) == 1
    buttons = [element for block in asked[0]["blocks"] if block["type"] == "actions" for element in block["elements"]]
    assert [button["action_id"] for button in buttons] == [RHYTHM, PAUSE]


def test_answers_to_what_other_digests_advised_do_not_count(office: Office) -> None:
    office.clock = office.worker(Steady("review"))
    office.subscribe()
    office.at(DUE, 1)
    with office.writing.begin() as connection:
        for person in range(4):
            record_choice(
                connection, office.workspace_id, week="2026-W12", workflow="triage", person=f"U{person}",
                choice=Choice.NOT_USEFUL.value, now=office.now,
            )  # fmt: skip

    office.at(DUE + WEEK, 1)

    assert office.top("D-UANA") == []


def test_a_few_answers_say_nothing() -> None:
    assert not not_useful({"not useful": 3})
    assert not_useful({"not useful": 2, "accept": 2})
    assert not not_useful({"not useful": 2, "accept": 3})


def test_a_run_counts_the_newest_weeks_on_one_side_of_the_mean() -> None:
    known = usual([100.0] * 4 + [130.0] * 8)
    assert known is not None

    assert run_length([100.0] * 5 + [130.0] * 8, known.mean) == 8
    assert run_length([130.0] * 5 + [100.0] * 8, known.mean) == -8
    assert run_length([130.0, 100.0, 130.0], known.mean) == 1
    assert run_length([130.0, 0.0], known.mean) == 0
