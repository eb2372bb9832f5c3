"""A phrase as read is whole, and is cut at the day asked."""

from __future__ import annotations

from datetime import date

from bot.questions.periods.matches import Span
from bot.questions.periods.phrase import cut, last_days, matched, one_day, one_unit, renamed
from tests.bot.questions.periods.phrases import CALENDAR, said

NOVEMBER = one_unit(date(2026, 11, 1), "month", "a month by name")
OCTOBER = one_unit(date(2026, 10, 1), "month", "a month by name")
DECEMBER = one_unit(date(2026, 12, 1), "month", "a month by name")


def test_a_running_unit_ends_with_the_day_asked() -> None:
    period, running, future = cut(NOVEMBER, CALENDAR)

    assert (period.start, period.end) == (date(2026, 11, 1), CALENDAR.as_of)
    assert (running, future) == (True, False)
    assert period.label == "November 2026 so far (1-18 Nov 2026)"


def test_what_is_over_is_whole_and_what_is_to_come_keeps_its_days() -> None:
    assert cut(OCTOBER, CALENDAR)[1:] == (False, False)
    period, running, future = cut(DECEMBER, CALENDAR)

    assert (period.start, period.end, running, future) == (date(2026, 12, 1), date(2026, 12, 31), False, True)


def test_a_unit_that_ends_with_the_day_asked_runs_and_a_span_that_does_is_over() -> None:
    today = one_day(CALENDAR.as_of, "today")
    span = renamed(last_days(CALENDAR, 7), "a span")

    assert cut(today, CALENDAR)[1]
    assert not cut(span, CALENDAR)[1]


def test_the_last_days_end_yesterday() -> None:
    assert said(last_days(CALENDAR, 28)) == "2026-10-21..2026-11-17"


def test_what_is_given_back_says_where_it_stood_and_what_it_is() -> None:
    found = matched(NOVEMBER, CALENDAR, Span(2, 3))

    assert (found.span, found.kind, found.unit, found.running) == (Span(2, 3), "month", "month", True)
    assert matched(one_day(date(2026, 11, 9), ""), CALENDAR, Span(0, 1)).reason == "9 November 2026"
