"""The words people read for a period."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods.labels import day_label, period_label, range_label, start_of_unit, unit_label

NOV_9, NOV_15 = date(2026, 11, 9), date(2026, 11, 15)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (NOV_9, NOV_9, "9 Nov 2026"),
        (NOV_9, NOV_15, "9-15 Nov 2026"),
        (date(2026, 10, 21), date(2026, 11, 17), "21 Oct - 17 Nov 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 - 3 Jan 2027"),
    ],
)
def test_what_both_edges_share_is_said_once(first: date, last: date, label: str) -> None:
    assert range_label(first, last) == label


@pytest.mark.parametrize(
    ("first", "unit", "label"),
    [
        (NOV_9, "day", "9 November 2026"),
        (NOV_9, "week", "week 46 (9-15 Nov 2026)"),
        (date(2025, 12, 29), "week", "week 1 (29 Dec 2025 - 4 Jan 2026)"),
        (date(2026, 10, 1), "month", "October 2026"),
        (date(2026, 10, 1), "quarter", "Q4 2026"),
        (date(2026, 7, 1), "half", "H2 2026"),
        (date(2026, 1, 1), "year", "2026"),
        (date(2026, 11, 14), "weekend", "weekend (14-15 Nov 2026)"),
    ],
)
def test_a_whole_unit_has_its_own_name(first: date, unit: str, label: str) -> None:
    assert unit_label(first, unit) == label


@pytest.mark.parametrize(
    ("first", "last", "unit", "name", "label"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "month", "", "October 2026"),
        (date(2026, 11, 1), date(2026, 11, 18), "month", "", "November 2026 so far (1-18 Nov 2026)"),
        (date(2026, 11, 16), date(2026, 11, 18), "week", "", "week 47 so far (16-18 Nov 2026)"),
        (date(2026, 11, 16), date(2026, 11, 18), "week", "this week", "this week so far (16-18 Nov 2026)"),
        (NOV_9, NOV_15, "week", "last week", "last week (9-15 Nov 2026)"),
        (date(2026, 10, 2), date(2026, 10, 31), "month", "", "2-31 Oct 2026"),
        (NOV_9, NOV_15, None, "", "9-15 Nov 2026"),
    ],
)
def test_a_cut_unit_says_that_it_is_and_any_other_span_its_dates(
    first: date, last: date, unit: str | None, name: str, label: str
) -> None:
    assert period_label(first, last, unit, name) == label


def test_a_fiscal_unit_begins_where_it_was_said_to() -> None:
    assert start_of_unit(date(2026, 2, 1), "fiscal quarter") == date(2026, 2, 1)
    assert start_of_unit(date(2026, 2, 1), "quarter") == date(2026, 1, 1)


def test_a_day_has_its_month_in_full() -> None:
    assert day_label(date(2026, 5, 1)) == "1 May 2026"
