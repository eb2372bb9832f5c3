"""Which days are due, in which steps, and what a pull makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.base import Report
from bot.sources.syncing.planning import Wanted, due_days, gaps, states, steps
from storage.records import DayState, Period, Restate

TODAY = date(2026, 11, 10)
REPORT = Report(
    name="usage",
    rule=Restate.WHOLE_DAYS,
    pages=lambda _: iter(()),
    translate=lambda _: (),
    step_days=3,
    revised_days=2,
    history_days=5,
)
COMPLETE, PROVISIONAL, MISSING = DayState.COMPLETE, DayState.PROVISIONAL, DayState.MISSING


def day(number: int) -> date:
    return date(2026, 11, number)


def test_a_first_pass_reads_the_history_up_to_today() -> None:
    assert due_days(REPORT, {}, TODAY, Wanted()) == [day(number) for number in range(5, 11)]


def test_a_vendor_that_is_late_is_not_asked_for_what_it_cannot_have() -> None:
    assert due_days(replace(REPORT, lag_days=2), {}, TODAY, Wanted())[-1] == day(8)
    assert due_days(replace(REPORT, lag_days=2), {}, TODAY, Wanted(until=TODAY))[-1] == day(8)


def test_a_later_pass_reads_what_is_not_complete_from_the_first_known_day_on() -> None:
    known = {day(1): COMPLETE, day(2): MISSING, day(3): COMPLETE, day(8): PROVISIONAL}
    known |= {day(number): COMPLETE for number in (5, 6, 7)}

    assert due_days(REPORT, known, TODAY, Wanted()) == [day(2), day(4), day(8), day(9), day(10)]


def test_days_that_are_asked_for_are_all_due() -> None:
    known = {day(number): COMPLETE for number in range(1, 8)}

    assert due_days(REPORT, known, TODAY, Wanted(day(2), day(4))) == [day(2), day(3), day(4)]
    assert due_days(REPORT, known, TODAY, Wanted(until=day(4))) == []
    assert due_days(REPORT, known, TODAY, Wanted(since=TODAY + timedelta(days=1))) == []


def test_a_step_is_days_in_a_row_and_no_more_than_a_pull_gives() -> None:
    days = [day(number) for number in (1, 2, 3, 4, 6, 8, 9)]

    assert [*steps(REPORT, days)] == [
        Period(day(1), day(3)),
        Period(day(4), day(4)),
        Period(day(6), day(6)),
        Period(day(8), day(9)),
    ]


@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 1))), st.integers(1, 40))
def test_steps_hold_each_day_once_in_order(days: set[date], most: int) -> None:
    found = [*steps(replace(REPORT, step_days=most), sorted(days))]

    assert [each for period in found for each in period.each_day()] == sorted(days)
    assert all(period.days <= most for period in found)


def test_a_day_is_provisional_as_long_as_it_is_revised_and_today_always() -> None:
    found = states(REPORT, Period(day(6), day(10)), TODAY)

    assert [found[day(number)] for number in range(6, 11)] == [COMPLETE, COMPLETE, *[PROVISIONAL] * 3]
    assert states(replace(REPORT, revised_days=0), Period(TODAY, TODAY), TODAY) == {TODAY: PROVISIONAL}


def test_gaps_are_days_after_the_first_known_one_that_are_not_there() -> None:
    known = {day(3): COMPLETE, day(4): MISSING, day(6): PROVISIONAL, day(9): COMPLETE}

    assert gaps(known, TODAY, REPORT) == [day(4), day(5), day(7), day(8)]
    assert gaps(known, TODAY, replace(REPORT, lag_days=3)) == [day(4), day(5)]
    assert gaps({}, TODAY, REPORT) == []
