"""The period that another one is counted from or compared with."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar, find, is_running, pair, previous, resolve, successor, year_ago
from storage.records import Period
from tests.bot.questions.periods.test_compare import AS_OF, CALENDAR, ask, days


@pytest.mark.parametrize(
    ("follow_up", "base", "expected"),
    [
        ("and the week before that", "last week", "11-02..11-08"),
        ("the week before", "week 40", "09-21..09-27"),
        ("and the following month", "august", "09-01..09-30"),
        ("the month before", "this month", "10-01..10-31"),
        ("the one before", "last 28 days", "09-23..10-20"),
        ("the day after", "9 november", "11-10..11-10"),
        ("and two weeks before that", "last week", "10-26..11-01"),
        ("the previous period", "q3", "04-01..06-30"),
        ("the month after that", "week 40", "11-01..11-18"),
    ],
)
def test_a_relative_phrase_counts_from_the_period_before_it(follow_up: str, base: str, expected: str) -> None:
    (relative,) = ask(follow_up).periods
    (said,) = ask(base).periods

    assert relative.kind == "relative"
    assert days(resolve(relative, said, CALENDAR).period) == expected


@pytest.mark.parametrize(
    ("as_of", "phrase", "expected"),
    [
        ("2027-03-31", "this month", "2027-02-01..2027-02-28"),
        ("2027-03-31", "this quarter", "2026-10-01..2026-12-29"),
        ("2027-02-28", "this month", "2027-01-01..2027-01-28"),
        ("2026-12-31", "this month", "2026-11-01..2026-11-30"),
        ("2026-12-31", "this week", "2026-12-21..2026-12-24"),
        ("2027-01-01", "this year", "2026-01-01..2026-01-01"),
        ("2027-01-01", "last week", "2026-12-14..2026-12-20"),
        ("2028-02-29", "this month", "2028-01-01..2028-01-29"),
        ("2028-03-31", "last month", "2028-01-01..2028-01-31"),
        ("2027-02-01", "this month", "2027-01-01..2027-01-01"),
        ("2026-11-18", "since 1 september", "2026-06-14..2026-08-31"),
        ("2026-11-18", "first half of october", "2026-09-16..2026-09-30"),
        ("2026-11-18", "ytd", "2025-01-01..2025-11-18"),
        ("2026-11-18", "h1", "2025-07-01..2025-12-31"),
    ],
)
def test_the_previous_period(as_of: str, phrase: str, expected: str) -> None:
    calendar = Calendar(as_of=date.fromisoformat(as_of))
    (said,) = find(phrase.split(), calendar).periods

    found = previous(said, calendar)

    assert found is not None
    assert f"{found.start}..{found.end}" == expected


def test_a_previous_period_wholly_before_the_first_recorded_day_is_none() -> None:
    calendar = Calendar(as_of=AS_OF, first_day=date(2026, 6, 1))
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    third = Period(date(2026, 7, 1), date(2026, 9, 30))

    assert previous(june, calendar, "month") is None
    assert previous(third, calendar, "quarter") == Period(date(2026, 4, 1), date(2026, 6, 30), "Q2 2026")
    assert year_ago(third, calendar, "quarter") is None


def test_a_year_before_a_leap_day_is_the_28th_and_before_week_53_the_last_week() -> None:
    leap = Calendar(as_of=date(2028, 2, 29))
    end = Calendar(as_of=date(2026, 12, 31))
    (today,) = find(["today"], leap).periods
    (week,) = find(["this", "week"], end).periods

    assert days(year_ago(today, leap)) == "02-28..02-28"
    assert days(year_ago(week, end)) == "12-22..12-25"


def test_a_unit_that_reaches_the_day_asked_still_runs() -> None:
    def runs(first: int, last: int, unit: str | None) -> bool:
        return is_running(Period(date(2026, 11, first), date(2026, 11, last)), unit, CALENDAR)

    assert runs(1, 18, "month")
    assert runs(1, 30, "month") is False
    assert runs(18, 18, "day")
    assert not runs(1, 18, None)


def test_of_two_named_periods_the_later_one_is_asked_for_and_a_running_one_is_met_half_way() -> None:
    this_month, october, september = (ask(phrase).periods[0] for phrase in ("this month", "october", "september"))
    later, earlier = pair(september, october, CALENDAR)
    running, cut = pair(this_month, october, CALENDAR)

    assert (days(later.period), days(earlier)) == ("10-01..10-31", "09-01..09-30")
    assert (days(running.period), days(cut)) == ("11-01..11-18", "10-01..10-18")
    assert days(pair(this_month, october, CALENDAR, whole=True)[1]) == "10-01..10-31"


@pytest.mark.parametrize(
    ("phrase", "following"),
    [("last month", "11-01..11-18"), ("last week", "11-16..11-18"), ("this month", None), ("last 28 days", None)],
)
def test_more_than_a_period_means_the_current_one_of_its_kind(phrase: str, following: str | None) -> None:
    found = successor(ask(phrase).periods[0], CALENDAR)

    assert (days(found.period) if found else None) == following
