"""The same phrases asked on the calendar's awkward days, worked out by hand from the definitions."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar, buckets, default_grain, default_period, default_trend, find
from storage.records import Period

YEARS_END = """
this week            2026-12-28 2026-12-31
last week            2026-12-21 2026-12-27
week 53              2026-12-28 2026-12-31
week 52              2026-12-21 2026-12-27
this month           2026-12-01 2026-12-31
last month           2026-11-01 2026-11-30
december             2026-12-01 2026-12-31
this quarter         2026-10-01 2026-12-31
ytd                  2026-01-01 2026-12-31
last 28 days         2026-12-03 2026-12-30
wednesday            2026-12-30 2026-12-30
"""
NEW_YEAR = """
this week            2026-12-28 2027-01-01
last week            2026-12-21 2026-12-27
week 53              2026-12-28 2027-01-01
this month           2027-01-01 2027-01-01
last month           2026-12-01 2026-12-31
january              2027-01-01 2027-01-01
february             2026-02-01 2026-02-28
q4                   2026-10-01 2026-12-31
last quarter         2026-10-01 2026-12-31
ytd                  2027-01-01 2027-01-01
last year            2026-01-01 2026-12-31
the year before last 2025-01-01 2025-12-31
yesterday            2026-12-31 2026-12-31
31 december          2026-12-31 2026-12-31
"""
LEAP_DAY = """
today                2028-02-29 2028-02-29
29 february          2028-02-29 2028-02-29
this month           2028-02-01 2028-02-29
last month           2028-01-01 2028-01-31
since last month     2028-01-01 2028-02-29
last 7 days          2028-02-22 2028-02-28
second half of this month 2028-02-16 2028-02-29
a year ago           2027-01-01 2027-12-31
february last year   2027-02-01 2027-02-28
"""
MONDAY_THE_FIRST = """
this week            2027-02-01 2027-02-01
last week            2027-01-25 2027-01-31
this month           2027-02-01 2027-02-01
last month           2027-01-01 2027-01-31
monday               2027-01-25 2027-01-25
since monday         2027-01-25 2027-02-01
sunday               2027-01-31 2027-01-31
last weekend         2027-01-30 2027-01-31
last 28 days         2027-01-04 2027-01-31
week 5               2027-02-01 2027-02-01
week 53              2026-12-28 2027-01-03
mtd                  2027-02-01 2027-02-01
"""
END_OF_MARCH = """
this quarter         2027-01-01 2027-03-31
this month           2027-03-01 2027-03-31
a month ago          2027-02-01 2027-02-28
two months ago       2027-01-01 2027-01-31
last 2 months        2027-01-01 2027-02-28
on the 31st          2027-03-31 2027-03-31
on the 30th          2027-03-30 2027-03-30
h1                   2027-01-01 2027-03-31
"""
SUNDAY = """
the weekend          2026-11-07 2026-11-08
this weekend         2026-11-14 2026-11-15
this week            2026-11-09 2026-11-15
last week            2026-11-02 2026-11-08
sunday               2026-11-08 2026-11-08
"""


def cases() -> list[tuple[str, str, str, str]]:
    """The day asked, the phrase, its first and last day."""
    asked = {
        "2026-12-31": YEARS_END, "2027-01-01": NEW_YEAR, "2028-02-29": LEAP_DAY, "2027-02-01": MONDAY_THE_FIRST,
        "2027-03-31": END_OF_MARCH, "2026-11-15": SUNDAY,
    }  # fmt: skip
    lines = ((day, line.rsplit(None, 2)) for day, table in asked.items() for line in table.strip().splitlines())
    return [(day, phrase.strip(), first, last) for day, (phrase, first, last) in lines]


@pytest.mark.parametrize(("as_of", "phrase", "first", "last"), cases())
def test_a_phrase_asked_on_an_awkward_day(as_of: str, phrase: str, first: str, last: str) -> None:
    (match,) = find(phrase.split(), Calendar(as_of=date.fromisoformat(as_of))).periods

    assert (match.period.start.isoformat(), match.period.end.isoformat()) == (first, last)


def test_nothing_said_is_the_last_28_days_and_a_trend_the_last_12_weeks() -> None:
    calendar = Calendar(as_of=date(2026, 11, 18))

    assert (default_period(calendar).period.start, default_period(calendar).period.end) == (
        date(2026, 10, 21), date(2026, 11, 17),
    )  # fmt: skip
    assert (default_trend(calendar).period.start, default_trend(calendar).period.end) == (
        date(2026, 8, 24), date(2026, 11, 15),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "grain"),
    [
        ("2026-11-01", "2026-11-20", "day"),
        ("2026-11-01", "2026-11-21", "week"),
        ("2026-01-01", "2026-07-01", "week"),
        ("2026-01-01", "2026-07-02", "month"),
    ],
)
def test_a_trend_without_a_grain_takes_days_then_weeks_then_months(first: str, last: str, grain: str) -> None:
    assert default_grain(Period(date.fromisoformat(first), date.fromisoformat(last))) == grain


def test_points_at_the_edge_are_cut_and_keep_the_label_of_their_whole_grain() -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31))

    points = [(label.isoformat(), point.start.day, point.end.day) for label, point in buckets(october, "week")]

    assert points == [
        ("2026-09-28", 1, 4), ("2026-10-05", 5, 11), ("2026-10-12", 12, 18), ("2026-10-19", 19, 25),
        ("2026-10-26", 26, 31),
    ]  # fmt: skip


def test_all_time_with_nothing_recorded_is_the_day_asked() -> None:
    (match,) = find(["all", "time"], Calendar(as_of=date(2026, 11, 18))).periods

    assert (match.period.start, match.period.end) == (date(2026, 11, 18), date(2026, 11, 18))


def test_so_far_beside_a_running_period_says_nothing_new() -> None:
    words = ["what", "has", "platform", "spent", "this", "month", "on", "cursor", "so", "far"]

    found = find(words, Calendar(as_of=date(2026, 11, 18)))

    assert [match.period.start for match in found.periods] == [date(2026, 11, 1)]
    assert [(span.start, span.end) for span in found.absorbed] == [(8, 10)]
