"""Named units: months, quarters, halves, years, week numbers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar
from bot.questions.periods.named import holding, recent, week_number
from tests.bot.questions.periods.phrases import CALENDAR, atom, phrase, reader, said


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("october", "2026-10-01..2026-10-31"),
        ("november", "2026-11-01..2026-11-30"),
        ("december", "2025-12-01..2025-12-31"),
        ("next december", "2026-12-01..2026-12-31"),
        ("last november", "2025-11-01..2025-11-30"),
        ("oct 2025", "2025-10-01..2025-10-31"),
        ("october last year", "2025-10-01..2025-10-31"),
        ("2026-02", "2026-02-01..2026-02-28"),
        ("q3", "2026-07-01..2026-09-30"),
        ("q4", "2026-10-01..2026-12-31"),
        ("last q4", "2025-10-01..2025-12-31"),
        ("third quarter of 2025", "2025-07-01..2025-09-30"),
        ("2026q1", "2026-01-01..2026-03-31"),
        ("h1", "2026-01-01..2026-06-30"),
        ("second half of 2025", "2025-07-01..2025-12-31"),
        ("week 46", "2026-11-09..2026-11-15"),
        ("cw46", "2026-11-09..2026-11-15"),
        ("week 48", "2025-11-24..2025-11-30"),
        ("2026-w01", "2025-12-29..2026-01-04"),
        ("2025", "2025-01-01..2025-12-31"),
        ("calendar year 2025", "2025-01-01..2025-12-31"),
        ("cy25", "2025-01-01..2025-12-31"),
    ],
)
def test_a_unit_by_name_is_the_most_recent_one_begun_unless_more_is_said(text: str, days: str) -> None:
    assert said(atom(text)) == days


def taken(text: str, index: int) -> bool:
    return reader(text).atom(index) is not None


def test_words_that_are_also_months_are_months_where_one_can_stand() -> None:
    assert taken("tokens in may", 2)
    assert taken("may vs june", 0)
    assert taken("monthly cost may through august", 2)
    assert not taken("may i see tokens", 0)
    assert not taken("how we may use it", 2)
    assert not taken("march forward", 0)


def test_a_number_like_a_year_counts_nothing() -> None:
    assert taken("cost in 2025", 2)
    assert not taken("over 2000 tokens", 1)
    assert not taken("more than 2025", 2)


@pytest.mark.parametrize("text", ["2026-13", "week 60", "quarter 5", "q5", "2026h3"])
def test_what_no_calendar_has_is_no_unit(text: str) -> None:
    assert atom(text) is None


def test_a_week_that_few_years_have_is_looked_for_further_back() -> None:
    assert said(week_number(53, None, CALENDAR)) == "2020-12-28..2021-01-03"
    assert week_number(53, 2025, CALENDAR) is None


def test_a_unit_without_a_year_floats() -> None:
    assert phrase("october").floating
    assert not phrase("october 2026").floating
    assert not phrase("last october").floating


def test_last_is_the_one_before_the_running_one() -> None:
    assert recent("month", 11, "last", None, CALENDAR) == date(2025, 11, 1)
    assert recent("month", 11, None, None, CALENDAR) == date(2026, 11, 1)
    assert recent("month", 11, "next", None, CALENDAR) == date(2027, 11, 1)
    assert recent("quarter", 4, None, 2024, Calendar(date(2026, 1, 1))) == date(2024, 10, 1)


def test_the_unit_that_holds_a_day_is_whole() -> None:
    assert said(holding(date(2026, 11, 18), "week", "it")) == "2026-11-16..2026-11-22"
