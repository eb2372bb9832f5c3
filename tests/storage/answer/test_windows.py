"""Whole units, the ones next to a span of days, and figures in two digits."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from storage.answer.windows import complete_near, is_complete, rounded
from storage.records import Period

RECORDED = (date(2026, 5, 4), date(2026, 11, 18))  # a Monday and a Wednesday


def span(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "period",
    [
        span("2026-11-09", "2026-11-15"),  # a week
        span("2026-08-24", "2026-11-15"),  # twelve weeks
        span("2026-10-01", "2026-10-31"),  # a month
        span("2026-07-01", "2026-09-30"),  # a quarter
        span("2026-05-01", "2026-05-31"),  # a month whose first days were never recorded
    ],
)
def test_weeks_months_and_quarters_that_are_over_are_whole(period: Period) -> None:
    assert is_complete(period, RECORDED)


@pytest.mark.parametrize(
    "period",
    [
        span("2026-11-16", "2026-11-18"),  # this week
        span("2026-11-01", "2026-11-18"),  # this month
        span("2026-11-01", "2026-11-30"),  # this month with what has not come
        span("2026-11-17", "2026-11-17"),  # a day
        span("2026-10-21", "2026-11-17"),  # the last 28 days
        span("2026-10-01", "2026-11-15"),  # from the first of a month to a Sunday
        span("2026-05-06", "2026-05-10"),  # some days to a Sunday
    ],
)
def test_running_units_single_days_and_days_by_hand_are_not(period: Period) -> None:
    assert not is_complete(period, RECORDED)


def test_a_month_that_is_over_is_whole_though_its_last_days_have_no_data() -> None:
    until_the_28th = (date(2026, 5, 4), date(2026, 10, 28))
    october, some_days = span("2026-10-01", "2026-10-28"), span("2026-10-06", "2026-10-28")

    assert is_complete(october, until_the_28th, as_of=date(2026, 11, 18))
    assert not is_complete(october, until_the_28th, as_of=date(2026, 10, 29))
    assert not is_complete(some_days, until_the_28th, as_of=date(2026, 11, 18))


def test_the_whole_units_next_to_days_by_hand_are_runs_of_weeks_and_of_months() -> None:
    near = {(run.start, run.end) for run in complete_near(span("2026-10-06", "2026-10-30"), RECORDED)}
    assert near == {
        (date(2026, 10, 5), date(2026, 10, 25)),
        (date(2026, 10, 5), date(2026, 11, 1)),
        (date(2026, 10, 12), date(2026, 10, 25)),
        (date(2026, 10, 12), date(2026, 11, 1)),
        (date(2026, 10, 1), date(2026, 10, 31)),
    }


def test_no_unit_that_still_runs_is_next_to_anything() -> None:
    for days in range(1, 60):
        period = Period(RECORDED[1] - timedelta(days=days), RECORDED[1])
        assert all(is_complete(run, RECORDED) for run in complete_near(period, RECORDED))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_234_567, 1_200_000),
        (-1_987, -2_000),
        (7, 7),
        (0, 0),
        (None, None),
        (Fraction(10, 3), 3.3),
        (Fraction(1_250, 1), 1_200),
        (0.012345, 0.012),
    ],
)
def test_a_rounded_figure_has_two_significant_digits(value: int | float | None, expected: int | float | None) -> None:
    assert rounded(value) == expected
