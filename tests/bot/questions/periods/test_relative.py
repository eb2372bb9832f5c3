"""Phrases counted from the day asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.periods.phrase import Doubt
from bot.questions.periods.relative import current, last_units, weekend
from tests.bot.questions.periods.phrases import CALENDAR, atom, phrase, reader, said


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("today", "2026-11-18..2026-11-18"),
        ("day before yesterday", "2026-11-16..2026-11-16"),
        ("this week", "2026-11-16..2026-11-22"),
        ("last full week", "2026-11-09..2026-11-15"),
        ("next month", "2026-12-01..2026-12-31"),
        ("week before last", "2026-11-02..2026-11-08"),
        ("last 7 days", "2026-11-11..2026-11-17"),
        ("last 4 weeks", "2026-10-19..2026-11-15"),
        ("past twelve months", "2025-11-01..2026-10-31"),
        ("last 1 week", "2026-11-09..2026-11-15"),
        ("l7d", "2026-11-11..2026-11-17"),
        ("ttm", "2025-11-01..2026-10-31"),
        ("next 2 weeks", "2026-11-23..2026-12-06"),
        ("3 days ago", "2026-11-15..2026-11-15"),
        ("a month ago", "2026-10-01..2026-10-31"),
        ("2 weeks from now", "2026-11-30..2026-12-06"),
        ("fortnight", "2026-11-04..2026-11-17"),
        ("mtd", "2026-11-01..2026-11-30"),
        ("month to date", "2026-11-01..2026-11-30"),
        ("month just gone", "2026-10-01..2026-10-31"),
        ("last weekend", "2026-11-14..2026-11-15"),
        ("this weekend", "2026-11-14..2026-11-15"),
        ("rest of the week", "2026-11-19..2026-11-22"),
    ],
)
def test_whole_units_are_counted_and_the_running_one_is_not_among_the_last(text: str, days: str) -> None:
    assert said(atom(text)) == days


def test_last_months_is_a_lost_apostrophe_or_no_number_at_all() -> None:
    lost = reader("last months spend").atom(0)

    assert lost is not None
    assert said(lost[0]) == "2026-10-01..2026-10-31"
    assert isinstance(atom("last months"), Doubt)


def test_a_unit_alone_is_the_current_one_only_behind_a_word_that_expects_it() -> None:
    assert reader("for the month").atom(1) is not None
    assert reader("show the month").atom(1) is None
    assert reader("for the month of october").atom(1) is None
    assert reader("tokens by month so far").atom(2) is None


def test_previous_leans_on_the_other_period_of_a_comparison() -> None:
    assert phrase("previous 7 days").anaphoric
    assert not phrase("last 7 days").anaphoric


def test_numbers_without_sense_are_none() -> None:
    assert last_units(0, "week", CALENDAR) is None
    assert last_units(5000, "day", CALENDAR) is None
    assert atom("last 0 days") is None


def test_on_a_sunday_this_weekend_runs_and_the_last_one_is_over() -> None:
    sunday = replace(CALENDAR, as_of=date(2026, 11, 22))

    assert said(weekend(sunday, 0, current=True)) == "2026-11-21..2026-11-22"
    assert said(weekend(sunday, 0)) == "2026-11-14..2026-11-15"


def test_a_unit_is_named_as_people_name_it() -> None:
    assert (current("week", -1, CALENDAR).name, current("week", 0, CALENDAR).name) == ("last week", "this week")
    assert current("month", -1, CALENDAR).name == ""
