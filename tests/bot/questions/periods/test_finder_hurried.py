"""Questions in the words of hurried managers, written before the grammar was looked at again; dates by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar, find
from bot.questions.tokens import tokenise
from storage.records import Period

CALENDAR = Calendar(as_of=date(2026, 11, 18), first_day=date(2026, 6, 1))

# Expected: "first..last" a period (or several), "later > earlier" a comparison, "?" a doubt, "-" nothing.
HURRIED = [
    ("hey, burn since monday?", "11-16..11-18"),
    ("whats the damage this month", "11-01..11-18"),
    ("how'd we do last wk vs wk before", "11-09..11-15 > 11-02..11-08"),
    ("cost this qtr vs last qtr", "10-01..11-18 > 07-01..08-18"),
    ("numbers for w46 pls", "11-09..11-15"),
    ("can i get oct spend by team by eod", "10-01..10-31"),
    ("tokens over the last 2 wks", "11-02..11-15"),
    ("adoption, past 3 mos", "08-01..10-31"),
    ("Q3 actuals", "07-01..09-30"),
    ("what did we blow on AI the week of the 26th of october", "10-26..11-01"),
    ("sep thru oct, tokens per head", "09-01..10-31"),
    ("oct 1st thru 15th", "10-01..10-15"),
    ("copilot usage 1-15 nov", "11-01..11-15"),
    ("how was yesterday compared to the day before yesterday", "11-17..11-17 > 11-16..11-16"),
    ("support's tokens from the start of the quarter", "10-01..11-18"),
    ("bill since the start of october", "10-01..11-18"),
    ("are we up month on month?", "10-01..10-31 > 09-01..09-30"),
    ("spend in the 30 days before 1 november", "10-02..10-31"),
    ("tokens in the week starting 26 october", "10-26..11-01"),
    ("the last complete quarter by tool", "07-01..09-30"),
    ("previous 14 days please", "11-04..11-17"),
    ("how many requests on tuesday the 10th of november", "11-10..11-10"),
    ("usage on friday vs thursday", "11-13..11-13 > 11-12..11-12"),
    ("h1 spend, quick", "01-01..06-30"),
    ("this year to date", "01-01..11-18"),
    ("since day one", "06-01..11-18"),
    ("everything up to the end of q3", "06-01..09-30"),
    ("all of october", "10-01..10-31"),
    ("in the month of september", "09-01..09-30"),
    ("back in august", "08-01..08-31"),
    ("october's numbers next to september's", "10-01..10-31 09-01..09-30"),
    ("3 months ago", "08-01..08-31"),
    ("what changed between q2 and q3", "07-01..09-30 > 04-01..06-30"),
    ("last monday to friday", "11-09..11-13"),
    ("9 to 15 november inclusive", "11-09..11-15"),
    ("spend 01/10/2026 - 31/10/2026", "10-01..10-31"),
    ("01.10.2026 - 31.10.2026 spend", "10-01..10-31"),
    ("2026-10-01..2026-10-31", "10-01..10-31"),
    ("last 4 wks vs prior 4 wks", "10-19..11-15 > 09-21..10-18"),
    ("mtd vs same point last month", "11-01..11-18 > 10-01..10-18"),
    ("qtd vs prior quarter", "10-01..11-18 > 07-01..08-18"),
    ("ytd vs last year same period", "01-01..11-18 > -"),
    ("how are we tracking this week against last", "11-16..11-18 > 11-09..11-11"),
    ("last sprint's tokens", "?"),
    ("tokens since the offsite", "?"),
    ("spend in fy26", "?"),
    ("just october, not september", "10-01..10-31 09-01..09-30"),
    ("yesterdays tokens by team", "11-17..11-17"),
    ("the other day", "-"),
    ("tokens per person in the first two weeks of october", "?"),
    ("over the summer", "?"),
    ("until now", "06-01..11-18"),
    ("pre september", "06-01..08-31"),
    ("post september", "10-01..11-18"),
    ("the month just gone", "10-01..10-31"),
    ("trailing three months", "08-01..10-31"),
    ("the past 365 days", "2025-11-18..11-17"),
    ("nov so far vs oct", "11-01..11-18 > 10-01..10-18"),
    ("from mid october", "?"),
    ("latest week", "11-09..11-15"),
    ("last week (mon-sun)", "11-09..11-15"),
    ("rundown of last weeks AI costs", "11-09..11-15"),
    ("give me spend for the previous calendar month", "10-01..10-31"),
    ("spend nov 1 - nov 10", "11-01..11-10"),
    ("since we got back on monday", "11-16..11-16"),
    ("tokens as of the end of october", "10-31..10-31"),
    ("headcount at 30 september", "09-30..09-30"),
    ("q3'26 total", "07-01..09-30"),
    ("3rd quarter cost per head", "07-01..09-30"),
    ("the two weeks to 15 november", "11-02..11-15"),
    ("week of nov 2nd please", "11-02..11-08"),
    ("tokens in weeks 44 through 46", "10-26..11-15"),
    ("between july and now", "07-01..11-18"),
    ("from july till now", "07-01..11-18"),
    ("from june 'til end of august", "06-01..08-31"),
    ("yesterday & today", "11-17..11-17 11-18..11-18"),
    ("first fortnight of october", "10-01..10-14"),
    ("the last ten days", "11-08..11-17"),
    ("past week", "11-09..11-15"),
    ("over the last year", "2025-01-01..12-31"),
    ("year on year spend for october", "10-01..10-31 > -"),
    ("sept 15 2026", "09-15..09-15"),
    ("15th sept", "09-15..09-15"),
    ("on the 3rd of this month", "11-03..11-03"),
    ("the 20th of last month", "10-20..10-20"),
    ("5th to 9th of last month", "10-05..10-09"),
    ("cost since q3 began", "07-01..11-18"),
    ("since the end of september", "09-30..11-18"),
    ("now vs 3 months ago", "11-18..11-18 > 08-01..08-31"),
    ("this month against an average month", "11-01..11-18"),
    ("september, october", "09-01..09-30 10-01..10-31"),
    ("sept/oct spend", "09-01..09-30 10-01..10-31"),
    ("did tokens go up from august to september", "09-01..09-30 > 08-01..08-31"),
    ("delta oct/sep", "10-01..10-31 > 09-01..09-30"),
    ("how does november compare so far", "11-01..11-18"),
    ("october versus the quarter average", "10-01..10-31"),
    ("last 7 vs previous 7 days", "11-11..11-17 > 11-04..11-10"),
    ("last 28 days, and the 28 days before that", "10-21..11-17 09-23..10-20"),
    ("what about two weeks before that", "11-02..11-08"),
    ("spend to date", "06-01..11-18"),
    ("spend to date this quarter", "10-01..11-18"),
    ("cumulative spend through october", "06-01..10-31"),
    ("everything before november", "06-01..10-31"),
    ("no later than 30 september", "06-01..09-30"),
    ("from 1 sept onward", "09-01..11-18"),
    ("any time since august", "08-01..11-18"),
    ("in the summer months", "?"),
    ("q5 spend", "-"),
    ("31 september", "?"),
    ("yesterday's numbers vs a normal day", "11-17..11-17"),
    ("the first of november", "11-01..11-01"),
    ("mon-fri last week", "11-09..11-13"),
    ("weekdays last week", "11-09..11-15"),
    ("tokens on nov 10 and 11", "11-10..11-10 11-11..11-11"),
    ("wtd vs same days last week", "11-16..11-18 > 11-09..11-11"),
    ("last month vs same month a year earlier", "10-01..10-31 > -"),
    ("half year to date", "07-01..11-18"),
    ("the past half-year", "?"),
    ("the week just ended", "11-09..11-15"),
    ("one month ago", "10-01..10-31"),
]


def days(period: Period) -> str:
    first = f"{period.start:%m-%d}" if period.start.year == 2026 else period.start.isoformat()
    return f"{first}..{period.end:%m-%d}"


def read(question: str) -> str:
    """What was found, in the notation above."""
    found = find(tokenise(question).words, CALENDAR)
    if found.problems:
        return "?"
    for comparison in found.comparisons:
        if comparison.later:
            return f"{days(comparison.later.period)} > {days(comparison.earlier) if comparison.earlier else '-'}"
    return " ".join(days(match.period) for match in found.periods) or "-"


@pytest.mark.parametrize(("question", "expected"), HURRIED)
def test_a_hurried_question_means_its_days(question: str, expected: str) -> None:
    assert read(question) == expected
