"""Recurring work and use of AI that nobody catalogued."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.advice.candidates import outside, recurs, uncatalogued
from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import AS_OF, Company
from tests.bot.advice.runs import MONDAY, weeks

LAST = MONDAY + timedelta(weeks=7)


def test_a_candidate_recurs_takes_time_and_has_little_ai_in_it() -> None:
    by_hand = [replace(week, workflow="badges") for week in weeks(8, mode="human", items=10)]
    with_ai = [replace(week, workflow="done already") for week in weeks(8, mode="agent")]
    listed = [replace(week, workflow="known") for week in weeks(8, mode="human")]
    past = [replace(week, workflow="long over") for week in weeks(4, mode="human")]

    found = uncatalogued([*by_hand, *with_ai, *listed, *past], {"known"}, LAST, 8)

    assert [(candidate.name, candidate.hours) for candidate in found] == [("badges", 5.0)]


def test_three_runs_in_three_of_the_last_four_weeks_recur() -> None:
    last = weeks(8, mode="human", items=3)

    assert recurs(last, LAST)
    assert recurs([*last[:-1], replace(last[-1], items=2)], LAST)
    assert recurs(last[:-1], LAST)  # nothing at all in one of the four
    assert not recurs([*last[:-2], replace(last[-2], items=2), replace(last[-1], items=2)], LAST)
    assert not recurs(last[:-2], LAST)


def test_teams_whose_tokens_belong_to_no_workflow_are_named_by_share() -> None:
    found = outside({"A": 0.4, "B": 0.5, "C": 0.9})

    assert [candidate.name for candidate in found] == ["C", "B"]


def test_recurring_work_in_no_catalogue_is_a_candidate(company: Company) -> None:
    found = company.advice.candidates(company.workspace, AS_OF, OPERATOR)

    assert [(candidate.kind, candidate.name) for candidate in found] == [("work", "badge requests")]
    assert found[0].hours == pytest.approx(9 * 5 * 25 / 60, rel=0.05)
