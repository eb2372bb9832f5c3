"""Calendar arithmetic on whole units."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.periods.arithmetic import (
    DAYS_OF,
    MONTHS_OF,
    add_months,
    end_of,
    fiscal_start,
    iso_week,
    shifted,
    start_of,
    step,
    year_before,
)

UNITS = sorted({*DAYS_OF, *MONTHS_OF} - {"weekend", "fiscal quarter", "fiscal year"})
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_a_month_without_such_a_day_gives_its_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_a_year_that_no_calendar_has_is_said_to_be_none() -> None:
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)
    with pytest.raises(OverflowError):
        add_months(date(1, 1, 1), -1)


@given(day=DAYS, unit=st.sampled_from(UNITS), count=st.integers(-30, 30))
def test_units_follow_one_another_without_a_gap(day: date, unit: str, count: int) -> None:
    first, last = shifted(day, unit, count)

    assert start_of(first, unit) == first
    assert start_of(last, unit) == first
    assert shifted(day, unit, count + 1)[0] == last + timedelta(days=1)
    assert shifted(day, unit, 0)[0] <= day <= shifted(day, unit, 0)[1]


def test_a_weekend_is_saturday_and_sunday_of_the_week() -> None:
    first = start_of(date(2026, 11, 18), "weekend")

    assert (first, end_of(first, "weekend")) == (date(2026, 11, 21), date(2026, 11, 22))
    assert step(first, "weekend", -1) == date(2026, 11, 14)


def test_weeks_are_those_of_iso_and_a_year_has_a_53rd_or_not() -> None:
    assert iso_week(2026, 1) == date(2025, 12, 29)
    assert iso_week(2026, 53) == date(2026, 12, 28)
    assert iso_week(2025, 53) is None
    assert iso_week(2026, 0) is None


def test_a_year_before_a_leap_day_is_the_28th() -> None:
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("day", "unit", "first_month", "expected"),
    [
        (date(2026, 3, 31), "fiscal year", 4, date(2025, 4, 1)),
        (date(2026, 4, 1), "fiscal year", 4, date(2026, 4, 1)),
        (date(2026, 1, 31), "fiscal quarter", 2, date(2025, 11, 1)),
        (date(2026, 12, 5), "fiscal quarter", 10, date(2026, 10, 1)),
    ],
)
def test_a_fiscal_unit_begins_where_the_first_month_says(
    day: date, unit: str, first_month: int, expected: date
) -> None:
    assert fiscal_start(day, unit, first_month) == expected
