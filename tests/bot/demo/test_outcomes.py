"""Verified outcomes: one workflow that has earned its next stage, one whose reliability slips."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from bot.demo.outcomes import OUTCOME_COLUMNS, RECORDS, WEEKS, outcomes
from bot.demo.people import roster
from tests.bot.demo.larkspur import STORIES, TODAY

PEOPLE = roster(Random("people"), STORIES.first_day, TODAY)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    made = outcomes(Random("outcomes"), PEOPLE, TODAY)
    return [dict(zip(OUTCOME_COLUMNS, row, strict=True)) for row in made]


def test_each_run_is_checked_once_on_a_workday_of_the_last_nine_weeks(rows: list[dict[str, object]]) -> None:
    days = [date.fromisoformat(str(row["date"])) for row in rows]

    assert len({row["run_id"] for row in rows}) == len(rows) == WEEKS * sum(record.checked for record in RECORDS)
    assert all(day.weekday() < 5 for day in days)
    assert TODAY - timedelta(weeks=WEEKS + 1) < min(days) <= max(days) < TODAY


def test_people_of_the_workflows_team_check_it(rows: list[dict[str, object]]) -> None:
    teams = {person.email: person.team for person in PEOPLE if person.end is None}
    owners = {record.workflow: record.team for record in RECORDS}

    assert all(teams[str(row["checked_by"])] == owners[str(row["workflow"])] for row in rows)
    assert all(person.kind != "agent" for person in PEOPLE if person.email in {row["checked_by"] for row in rows})


def test_a_run_that_failed_has_a_severity_and_one_that_did_not_has_none(rows: list[dict[str, object]]) -> None:
    assert {(row["success"], row["severity"]) for row in rows} == {(1, "none"), (0, "3")}


def test_reliability_moves_as_its_record_says() -> None:
    found: dict[str, list[list[int]]] = defaultdict(lambda: [[], []])
    for seed in range(20):
        for row in outcomes(Random(seed), PEOPLE, TODAY):
            of = dict(zip(OUTCOME_COLUMNS, row, strict=True))
            week = int(str(of["run_id"]).split("-")[1])
            if week in (0, WEEKS - 1):
                found[str(of["workflow"])][week > 0].append(int(str(of["success"])))
    for record in RECORDS:
        first, last = (sum(part) / len(part) for part in found[record.workflow])
        assert first == pytest.approx(record.before, abs=0.04)
        assert last == pytest.approx(record.after, abs=0.05)
