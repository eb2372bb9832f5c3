"""Late data, weeks without any, and how often a digest comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.blocks.digest import RHYTHM
from bot.changes import run_length, usual
from bot.digest.actions import Choice
from bot.digest.details import PARTS
from bot.digest.rhythm import not_useful
from bot.digest.schedule import due
from storage import digests, outbox
from storage.records import DayState
from tests.bot.digest.company import mark
from tests.bot.digest.test_schedule import subscription, weeks
from tests.bot.digest.test_sending import ANA, DUE, WEEK, Office
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
    return [one["text"] for one in office.slack.posted("C1") if one.get("thread_ts")]


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
    assert len(thread(office)) == said + len(PARTS)


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

    assert office.letters()[outbox.FAILED] == 1
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

    offers = [one for one in office.slack.posted("C1") if "every second week" in one["text"]]
    tops = office.slack.posted("C1")
    assert len(offers) == 1
    assert offers[0]["thread_ts"] == [one["ts"] for one in tops if not one.get("thread_ts")][3]
    assert any(
        element.get("action_id") == RHYTHM
        for block in offers[0]["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    )


def test_every_second_week_is_counted_from_the_last_one_across_week_53() -> None:
    one = replace(subscription(), every=2)
    now = datetime(2027, 1, 19, 9, tzinfo=UTC)

    assert weeks(due(one, "2026-W51", now, ZoneInfo("UTC"))) == ["2026-W53", "2027-W02"]
    assert due(one, "2026-W53", datetime(2027, 1, 12, 9, tzinfo=UTC), ZoneInfo("UTC")) == []
    assert weeks(due(one, "", datetime(2026, 1, 14, tzinfo=UTC), ZoneInfo("UTC"))) == ["2026-W01"]


def test_the_change_of_rhythm_is_of_an_active_subscription_of_the_workspace_alone(office: Office) -> None:
    id_ = office.subscribe()

    with office.writing.begin() as connection:
        assert digests.change_rhythm(connection, office.workspace_id + 1, id_, 2) is None
        changed = digests.change_rhythm(connection, office.workspace_id, id_, 2)

    assert changed is not None
    assert changed.every == 2


def test_actions_that_half_of_the_answers_find_not_useful_lead_to_one_question_to_the_owner(office: Office) -> None:
    office.subscribe()
    with office.writing.begin() as connection:
        for person, choice in enumerate((Choice.NOT_USEFUL, Choice.NOT_USEFUL, Choice.ACCEPT, Choice.NOT_NOW)):
            digests.record_choice(
                connection, office.workspace_id, week="2026-W11", workflow="triage", person=f"U{person}",
                choice=choice.value, now=office.now,
            )  # fmt: skip

    office.at(DUE, 1)
    office.at(DUE + WEEK, 1)

    asked = [text for text in office.top("D-UANA") if "Not useful" in text]
    assert len(asked) == 1


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
