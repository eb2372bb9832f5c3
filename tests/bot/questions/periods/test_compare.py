"""Which two periods a question compares, worked out by hand from the definitions."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar, CompareMatch, FoundPeriods, find, pair
from bot.questions.tokens import tokenise
from storage.records import Period

AS_OF = date(2026, 11, 18)
CALENDAR = Calendar(as_of=AS_OF, first_day=date(2024, 1, 1))


def ask(text: str, calendar: Calendar = CALENDAR) -> FoundPeriods:
    return find(tokenise(text).words, calendar)


def compared(text: str, calendar: Calendar = CALENDAR) -> CompareMatch:
    (comparison,) = ask(text, calendar).comparisons
    return comparison


def days(period: Period | None) -> str:
    return f"{period.start:%m-%d}..{period.end:%m-%d}" if period else "none"


@pytest.mark.parametrize(
    ("question", "kind", "later", "earlier"),
    [
        ("tokens w/w", "previous", "11-09..11-15", "11-02..11-08"),
        ("spend WoW", "previous", "11-09..11-15", "11-02..11-08"),
        ("week over week", "previous", "11-09..11-15", "11-02..11-08"),
        ("week-on-week change in cost", "previous", "11-09..11-15", "11-02..11-08"),
        ("token growth month over month", "previous", "10-01..10-31", "09-01..09-30"),
        ("cost m/m", "previous", "10-01..10-31", "09-01..09-30"),
        ("MoM adoption", "previous", "10-01..10-31", "09-01..09-30"),
        ("spend qoq", "previous", "07-01..09-30", "04-01..06-30"),
        ("day over day requests", "previous", "11-17..11-17", "11-16..11-16"),
        ("august month over month", "previous", "08-01..08-31", "07-01..07-31"),
        ("this week w/w", "previous", "11-16..11-18", "11-09..11-11"),
        ("october vs september", "explicit", "10-01..10-31", "09-01..09-30"),
        ("september versus october", "explicit", "10-01..10-31", "09-01..09-30"),
        ("compare september and october", "explicit", "10-01..10-31", "09-01..09-30"),
        ("comparing october with september, whose tokens grew", "explicit", "10-01..10-31", "09-01..09-30"),
        ("R&D spend in october compared with september", "explicit", "10-01..10-31", "09-01..09-30"),
        ("how does october's spend compare to september's", "explicit", "10-01..10-31", "09-01..09-30"),
        ("the difference between september and october", "explicit", "10-01..10-31", "09-01..09-30"),
        ("how did cost change from september to october", "explicit", "10-01..10-31", "09-01..09-30"),
        ("october over september", "explicit", "10-01..10-31", "09-01..09-30"),
        ("was october higher than september", "explicit", "10-01..10-31", "09-01..09-30"),
        ("how many more people did we have in october than in june", "explicit", "10-01..10-31", "06-01..06-30"),
        ("compared with september, how did october do", "explicit", "10-01..10-31", "09-01..09-30"),
        ("october spend against what we spent in september", "explicit", "10-01..10-31", "09-01..09-30"),
        ("october spend, up on september?", "explicit", "10-01..10-31", "09-01..09-30"),
        ("week 46 vs week 44", "explicit", "11-09..11-15", "10-26..11-01"),
        ("q3 vs q2", "explicit", "07-01..09-30", "04-01..06-30"),
        ("1-7 november vs 1-7 october", "explicit", "11-01..11-07", "10-01..10-07"),
        ("this month vs last month", "explicit", "11-01..11-18", "10-01..10-18"),
        ("november vs october", "explicit", "11-01..11-18", "10-01..10-18"),
        ("october vs november", "explicit", "11-01..11-18", "10-01..10-18"),
        ("this month vs september", "explicit", "11-01..11-18", "09-01..09-30"),
        ("this month compared with the whole of last month", "explicit", "11-01..11-18", "10-01..10-31"),
        ("this month vs full october", "explicit", "11-01..11-18", "10-01..10-31"),
        ("this week vs last week", "explicit", "11-16..11-18", "11-09..11-11"),
        ("h1 vs h2", "explicit", "07-01..11-18", "01-01..05-21"),
        ("this month compared with the previous month", "previous", "11-01..11-18", "10-01..10-18"),
        ("last month compared to the previous month", "previous", "10-01..10-31", "09-01..09-30"),
        ("august compared with the previous month", "previous", "08-01..08-31", "07-01..07-31"),
        ("october compared with the month before", "previous", "10-01..10-31", "09-01..09-30"),
        ("last week against the week before", "previous", "11-09..11-15", "11-02..11-08"),
        ("last week vs the previous week", "previous", "11-09..11-15", "11-02..11-08"),
        ("last week vs the one before", "previous", "11-09..11-15", "11-02..11-08"),
        ("last week versus the week before that", "previous", "11-09..11-15", "11-02..11-08"),
        ("yesterday vs the day before", "previous", "11-17..11-17", "11-16..11-16"),
        ("today vs yesterday", "explicit", "11-18..11-18", "11-17..11-17"),
        ("last 28 days against the 28 before", "previous", "10-21..11-17", "09-23..10-20"),
        ("last 28 days vs the previous 28 days", "previous", "10-21..11-17", "09-23..10-20"),
        ("last 28 days compared with the previous period", "previous", "10-21..11-17", "09-23..10-20"),
        ("last 7 days against the 7 days before that", "previous", "11-11..11-17", "11-04..11-10"),
        ("last 7 days versus the prior 7", "previous", "11-11..11-17", "11-04..11-10"),
        ("last 4 weeks vs the 4 weeks before", "previous", "10-19..11-15", "09-21..10-18"),
        ("last 3 months vs the 3 months before", "previous", "08-01..10-31", "05-01..07-31"),
        ("1-15 october vs the same number of days before", "previous", "10-01..10-15", "09-16..09-30"),
        ("spend so far this month, change on the same days of last month", "previous", "11-01..11-18", "10-01..10-18"),
        ("spend this quarter so far vs the same number of days into q3", "previous", "10-01..11-18", "07-01..08-18"),
        ("this month vs the same period last month", "previous", "11-01..11-18", "10-01..10-18"),
        ("mtd tokens against this time last month", "previous", "11-01..11-18", "10-01..10-18"),
        ("yesterday vs the same day last week", "explicit", "11-17..11-17", "11-10..11-10"),
        ("q4 to date vs q3", "explicit", "10-01..11-18", "07-01..08-18"),
        ("october versus the previous 31 days", "explicit", "10-01..10-31", "08-31..09-30"),
        ("headcount now vs 3 months ago", "explicit", "11-18..11-18", "08-01..08-31"),
        ("the weekend vs the weekend before", "previous", "11-14..11-15", "11-07..11-08"),
    ],
)  # fmt: skip
def test_two_periods_are_compared(question: str, kind: str, later: str, earlier: str) -> None:
    found = ask(question)
    comparison = compared(question)

    assert comparison.later is not None
    assert (comparison.kind, days(comparison.later.period), days(comparison.earlier)) == (kind, later, earlier)
    assert [days(match.period) for match in found.periods] in ([later], [])
    assert not found.listed


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("october vs the same month last year", "2025-10-01", "2025-10-31"),
        ("october yoy", "2025-10-01", "2025-10-31"),
        ("october year over year", "2025-10-01", "2025-10-31"),
        ("last month vs a year ago", "2025-10-01", "2025-10-31"),
        ("is october up on last year", "2025-10-01", "2025-10-31"),
        ("this month vs the same time last year", "2025-11-01", "2025-11-18"),
        ("this week vs the same week last year", "2025-11-17", "2025-11-19"),
        ("last week compared with the same week a year ago", "2025-11-10", "2025-11-16"),
        ("last 28 days vs the same period last year", "2025-10-21", "2025-11-17"),
        ("this year vs last year", "2025-01-01", "2025-11-18"),
        ("q3 vs q3 last year", "2025-07-01", "2025-09-30"),
    ],
)
def test_a_year_before_is_the_same_dates_or_the_same_week(question: str, first: str, last: str) -> None:
    earlier = compared(question).earlier

    assert earlier is not None
    assert (earlier.start.isoformat(), earlier.end.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "question", ["compare that with the month before", "compared with the previous period?", "and vs the week before"]
)
def test_a_comparison_without_a_period_waits_for_the_threads_one(question: str) -> None:
    comparison = compared(question)

    assert (comparison.kind, comparison.later, comparison.earlier) == ("previous", None, None)


def test_a_named_period_to_compare_with_waits_for_the_threads_one() -> None:
    comparison = compared("how does that compare with may")

    assert (comparison.kind, comparison.later, days(comparison.earlier)) == ("explicit", None, "05-01..05-31")


def test_more_than_last_month_means_this_month_unless_the_thread_says_else() -> None:
    comparison = compared("are we spending more than last month?")
    assert comparison.fallback is not None
    assert comparison.named is not None

    later, earlier = pair(comparison.fallback, comparison.named, CALENDAR)

    assert (days(later.period), days(earlier)) == ("11-01..11-18", "10-01..10-18")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("october and september", ["10-01..10-31", "09-01..09-30"]),
        ("tokens in june, july and august", ["06-01..06-30", "07-01..07-31", "08-01..08-31"]),
        ("which was higher, october or september", ["10-01..10-31", "09-01..09-30"]),
        ("tokens last week and the week before", ["11-09..11-15", "11-02..11-08"]),
        ("cost in weeks 45 and 46", ["11-02..11-08", "11-09..11-15"]),
        ("requests on 9 and 10 november", ["11-09..11-09", "11-10..11-10"]),
        ("q1, q2 and q3", ["01-01..03-31", "04-01..06-30", "07-01..09-30"]),
    ],
)
def test_periods_side_by_side_are_a_list_and_no_comparison(question: str, expected: list[str]) -> None:
    found = ask(question)

    assert [days(match.period) for match in found.periods] == expected
    assert found.listed
    assert not found.comparisons


def test_the_year_of_the_last_in_a_list_holds_for_the_others() -> None:
    found = ask("june and july 2025")

    assert [match.period.start.year for match in found.periods] == [2025, 2025]


@pytest.mark.parametrize(
    "question",
    [
        "platform vs mobile, cost per employee last month", "tokens per head in Q3, contractors vs employees",
        "Claude Code or Cursor, what did each cost us last month?", "tokens from september to october by month",
        "tokens between september and october", "break tokens down by tool from august to october",
        "top teams over the last 3 months", "teams with more than 5 people in october", "spend last month by team",
    ],
)  # fmt: skip
def test_names_side_by_side_and_plain_ranges_are_no_comparison(question: str) -> None:
    found = ask(question)

    assert not found.comparisons
    assert len(found.periods) == 1


def test_month_over_month_within_a_longer_period_is_a_problem() -> None:
    found = ask("tokens month over month since july")

    assert len(found.problems) == 1
    assert not found.comparisons
