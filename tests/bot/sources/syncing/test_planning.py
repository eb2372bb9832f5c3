"""Which days of a report are due, and what state a day has once it is pulled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.sources.base import Report
from bot.sources.syncing.planning import Wanted, due_days, gaps, states, steps
from storage.records import DayState, Period
from tests.bot.sources.acme import ACME

TODAY = date(2026, 11, 10)
REPORT: Report = replace(ACME.reports[0], lag_days=1, history_days=5, step_days=3, revised_days=2)
COMPLETE, MISSING = DayState.COMPLETE, DayState.MISSING


def days(*numbers: int) -> list[date]:
    return [date(2026, 11, number) for number in numbers]


def test_of_a_new_source_the_history_is_due_up_to_the_newest_day_that_the_vendor_has() -> None:
    assert due_days(REPORT, {}, TODAY, Wanted()) == days(5, 6, 7, 8, 9)


def test_what_is_complete_is_not_pulled_again_unless_somebody_asks_for_it() -> None:
    known = dict.fromkeys(days(5, 6, 7), COMPLETE) | {days(8)[0]: MISSING}

    assert due_days(REPORT, known, TODAY, Wanted()) == days(8, 9)
    assert due_days(REPORT, known, TODAY, Wanted(since=days(6)[0], until=days(7)[0])) == days(6, 7)


def test_days_to_come_are_never_due() -> None:
    assert due_days(REPORT, {}, TODAY, Wanted(since=days(8)[0], until=date(2027, 1, 1))) == days(8, 9)


def test_days_in_a_row_are_pulled_together_as_far_as_the_report_goes() -> None:
    found = [(period.start.day, period.end.day) for period in steps(REPORT, days(1, 2, 3, 4, 7, 9, 10))]

    assert found == [(1, 3), (4, 4), (7, 7), (9, 10)]
    assert [*steps(REPORT, [])] == []


def test_a_day_that_the_vendor_still_corrects_is_provisional() -> None:
    found = states(REPORT, Period(days(5)[0], days(9)[0]), TODAY)

    assert [day.day for day, state in found.items() if state is DayState.PROVISIONAL] == [7, 8, 9]
    assert [day.day for day, state in found.items() if state is COMPLETE] == [5, 6]


def test_today_is_provisional_whatever_the_report_says() -> None:
    at_once = replace(REPORT, lag_days=0, revised_days=0)

    assert states(at_once, Period(TODAY, TODAY), TODAY) == {TODAY: DayState.PROVISIONAL}


@pytest.mark.parametrize(
    ("known", "missing"),
    [({}, []), (dict.fromkeys(days(5, 6, 8), COMPLETE), [7]), ({days(6)[0]: COMPLETE, days(7)[0]: MISSING}, [7, 8])],
)
def test_gaps_are_days_since_the_first_known_one(known: dict[date, DayState], missing: list[int]) -> None:
    assert [day.day for day in gaps(known, TODAY, REPORT)] == missing
    assert all(day < TODAY - timedelta(days=1) for day in gaps(known, TODAY, REPORT))
