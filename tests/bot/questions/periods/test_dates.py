"""Days by date or weekday."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar
from bot.questions.periods.dates import day_of_month, latest, weekday
from bot.questions.periods.phrase import Doubt
from tests.bot.questions.periods.phrases import CALENDAR, atom, phrase, reader, said


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9 nov", "2026-11-09"),
        ("nov 9th, 2025", "2025-11-09"),
        ("2026-11-09", "2026-11-09"),
        ("9.11.26", "2026-11-09"),
        ("25/10", "2026-10-25"),
        ("10/25", "2026-10-25"),
        ("friday", "2026-11-13"),
        ("wednesday", "2026-11-11"),
        ("this friday", "2026-11-20"),
        ("next monday", "2026-11-23"),
        ("friday of last week", "2026-11-13"),
        ("last week's tuesday", "2026-11-10"),
        ("24 december", "2025-12-24"),
        ("29 february", "2024-02-29"),
    ],
)
def test_a_day_is_the_most_recent_one_unless_more_is_said(text: str, day: str) -> None:
    assert said(atom(text)) == f"{day}..{day}"


def test_a_date_that_reads_two_ways_gives_both_and_one_that_does_not_its_only_one() -> None:
    found = atom("3/4")

    assert isinstance(found, Doubt)
    assert [said(option) for option in found.options] == ["2026-04-03..2026-04-03", "2026-03-04..2026-03-04"]
    assert said(atom("11/11")) == "2026-11-11..2026-11-11"


def test_another_date_of_the_question_decides_which_number_is_the_day() -> None:
    day_first, month_first = reader("3/4 and 25/4").atom(0), reader("3/4 and 4/25").atom(0)

    assert day_first is not None
    assert month_first is not None
    assert said(day_first[0]) == "2026-04-03..2026-04-03"
    assert said(month_first[0]) == "2026-03-04..2026-03-04"


def test_a_day_that_its_month_never_has_is_doubtful() -> None:
    assert said(atom("31 november")) == "there is no 31 november"
    assert atom("32 november") is None


@pytest.mark.parametrize("text", ["24/7", "sun", "9.11", "the 9th", "45/46"])
def test_what_is_only_perhaps_a_day_is_none_without_words_that_expect_one(text: str) -> None:
    assert atom(text) is None


def test_days_without_a_year_float_and_those_with_one_do_not() -> None:
    assert phrase("9 nov").floating
    assert not phrase("9 nov 2025").floating


def test_the_most_recent_such_day_may_be_years_ago() -> None:
    assert latest(2, 29, date(2026, 11, 18)) == date(2024, 2, 29)
    assert latest(11, 19, date(2026, 11, 18)) == date(2025, 11, 19)
    assert latest(2, 30, date(2026, 11, 18)) is None


def test_a_day_of_the_month_passes_over_months_without_it() -> None:
    march = Calendar(as_of=date(2026, 3, 15))

    assert said(day_of_month(30, march)) == "2026-01-30..2026-01-30"
    assert said(day_of_month(15, march)) == "2026-03-15..2026-03-15"
    assert day_of_month(32, march) is None


def test_today_s_weekday_alone_is_that_of_a_week_ago() -> None:
    assert said(weekday(2, CALENDAR, "", "")) == "2026-11-11..2026-11-11"
    assert said(weekday(2, CALENDAR, "", "this")) == "2026-11-18..2026-11-18"
