"""Fiscal years and quarters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.periods.fiscal import year_named
from bot.questions.periods.phrase import Doubt
from tests.bot.questions.periods.phrases import CALENDAR, atom, said

FROM_FEBRUARY = replace(CALENDAR, fiscal_start=2)
FROM_JANUARY = replace(CALENDAR, fiscal_start=1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("fy26", "2025-02-01..2026-01-31"),
        ("fy 2027", "2026-02-01..2027-01-31"),
        ("this fiscal year", "2026-02-01..2027-01-31"),
        ("last financial year", "2025-02-01..2026-01-31"),
        ("fytd", "2026-02-01..2027-01-31"),
        ("this fiscal quarter", "2026-11-01..2027-01-31"),
        ("last fiscal quarter", "2026-08-01..2026-10-31"),
        ("fiscal q1", "2026-02-01..2026-04-30"),
        ("fq4", "2026-11-01..2027-01-31"),
        ("q2 fy26", "2025-05-01..2025-07-31"),
        ("fy26 q2", "2025-05-01..2025-07-31"),
        ("h2 fy26", "2025-08-01..2026-01-31"),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_that_it_ends_in(text: str, days: str) -> None:
    assert said(atom(text, FROM_FEBRUARY)) == days


@pytest.mark.parametrize("text", ["fy26", "this fiscal quarter", "q2 fy26", "h1 fy26", "fytd", "fiscal q1"])
def test_without_its_first_month_no_days_are_made_up(text: str) -> None:
    found = atom(text)

    assert isinstance(found, Doubt)
    assert "not set" in found.reason


def test_one_that_begins_in_january_is_the_calendar_year() -> None:
    assert said(year_named(2026, FROM_JANUARY)) == "2026-01-01..2026-12-31"


def test_a_fiscal_quarter_to_come_is_that_of_the_year_before() -> None:
    assert said(atom("fiscal q4", replace(FROM_FEBRUARY, as_of=FROM_FEBRUARY.as_of.replace(month=6)))) == (
        "2025-11-01..2026-01-31"
    )
