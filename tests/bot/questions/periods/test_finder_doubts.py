"""Phrases to come, fiscal ones, doubtful ones and words that are no period, asked on Wednesday 18 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar, find
from bot.questions.tokens import tokenise
from tests.bot.questions.periods.test_finder import cases

CALENDAR = Calendar(as_of=date(2026, 11, 18), first_day=date(2026, 6, 1))

FUTURE = """
tomorrow                       2026-11-19 2026-11-19
next week                      2026-11-23 2026-11-29
next month                     2026-12-01 2026-12-31
next quarter                   2027-01-01 2027-03-31
next year                      2027-01-01 2027-12-31
in 2030                        2030-01-01 2030-12-31
next december                  2026-12-01 2026-12-31
december 2026                  2026-12-01 2026-12-31
two weeks from now             2026-11-30 2026-12-06
next friday                    2026-11-20 2026-11-20
next 4 weeks                   2026-11-23 2026-12-20
the rest of the month          2026-11-19 2026-11-30
the end of this month          2026-11-30 2026-11-30
"""


@pytest.mark.parametrize(("phrase", "first", "last"), cases(FUTURE))
def test_a_period_to_come_keeps_its_days_and_says_so(phrase: str, first: str, last: str) -> None:
    (match,) = find(tokenise(phrase).words, CALENDAR).periods

    assert (match.period.start.isoformat(), match.period.end.isoformat(), match.future) == (first, last, True)


@pytest.mark.parametrize(
    "phrase",
    [
        "last sprint", "since the launch", "last summer", "over the holidays", "the last few weeks", "early october",
        "last 24 hours", "last 5 working days", "past two and a half months", "9/11", "3/4/2026", "FY26", "fiscal q2",
        "this fiscal year", "the first week of october", "the second half of last quarter", "last night",
        "since the reorg", "a few weeks ago", "the last half year", "over the last months", "mid november",
    ],
)  # fmt: skip
def test_what_no_calendar_knows_is_a_problem_and_no_period(phrase: str) -> None:
    found = find(tokenise(f"tokens {phrase}").words, CALENDAR)

    assert len(found.problems) == 1
    assert not found.periods


def test_a_date_that_reads_two_ways_offers_both() -> None:
    (problem,) = find(["on", "9/11"], CALENDAR).problems

    assert [option.start.isoformat() for option in problem.options] == ["2026-11-09", "2026-09-11"]


@pytest.mark.parametrize(
    "question",
    [
        "may I see tokens by team", "we may need more tokens", "march on with the rollout of tools", "usage may drop",
        "who is second by tokens", "did jan use cursor", "is support 24/7", "top 10 teams", "over 2000 tokens",
        "more than 2025 requests", "tokens per employee", "teams under 15m tokens", "2/3 of the teams",
        "is the data up to date",
        "which model is last", "now show platform", "gpt-5 and claude-opus-4.5", "the first three teams",
        "how many days was a person active", "tokens per day of the week", "who sat with the agents, sun or rain",
        "weekend use by team", "the 3rd team",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_periods(question: str) -> None:
    found = find(tokenise(question).words, CALENDAR)

    assert not found.periods
    assert not found.problems
    assert not found.comparisons


FISCAL = """
FY26                           2025-04-01 2026-03-31
FY27                           2026-04-01 2026-11-18
fiscal year 2026               2025-04-01 2026-03-31
fy25                           2024-04-01 2025-03-31
this fiscal year               2026-04-01 2026-11-18
fiscal year to date            2026-04-01 2026-11-18
FYTD                           2026-04-01 2026-11-18
last fiscal year               2025-04-01 2026-03-31
this financial quarter         2026-10-01 2026-11-18
last fiscal quarter            2026-07-01 2026-09-30
fiscal q2                      2026-07-01 2026-09-30
fq4                            2026-01-01 2026-03-31
Q1 FY26                        2025-04-01 2025-06-30
"""


@pytest.mark.parametrize(("phrase", "first", "last"), cases(FISCAL))
def test_a_fiscal_year_that_begins_in_april_is_named_by_the_year_it_ends_in(phrase: str, first: str, last: str) -> None:
    calendar = Calendar(as_of=CALENDAR.as_of, first_day=CALENDAR.first_day, fiscal_start=4)

    (match,) = find(tokenise(phrase).words, calendar).periods

    assert (match.period.start.isoformat(), match.period.end.isoformat()) == (first, last)


def test_periods_say_what_they_are() -> None:
    (week,) = find(["last", "week"], CALENDAR).periods
    (span,) = find(["last", "4", "weeks"], CALENDAR).periods
    (month,) = find(["this", "month"], CALENDAR).periods

    assert (week.unit, week.running, week.period.label) == ("week", False, "last week (9-15 Nov 2026)")
    assert (span.unit, span.count, span.step) == (None, 4, "week")
    assert (month.unit, month.running, month.period.label) == ("month", True, "November 2026 so far (1-18 Nov 2026)")
