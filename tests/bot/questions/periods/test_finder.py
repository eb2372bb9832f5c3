"""Phrases and the days they cover, worked out by hand from the definitions, asked on Wednesday 18 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.periods import Calendar, find
from bot.questions.tokens import tokenise

CALENDAR = Calendar(as_of=date(2026, 11, 18), first_day=date(2026, 6, 1))

DAYS = """
today                          2026-11-18 2026-11-18
yesterday                      2026-11-17 2026-11-17
the day before yesterday       2026-11-16 2026-11-16
today so far                   2026-11-18 2026-11-18
as of today                    2026-11-18 2026-11-18
right now                      2026-11-18 2026-11-18
currently                      2026-11-18 2026-11-18
3 days ago                     2026-11-15 2026-11-15
three days ago                 2026-11-15 2026-11-15
a day ago                      2026-11-17 2026-11-17
a couple of days ago           2026-11-16 2026-11-16
10 days back                   2026-11-08 2026-11-08
9 nov                          2026-11-09 2026-11-09
nov 9                          2026-11-09 2026-11-09
nov 9th                        2026-11-09 2026-11-09
9th november                   2026-11-09 2026-11-09
the 9th of november            2026-11-09 2026-11-09
on november the 9th            2026-11-09 2026-11-09
November 9, 2026               2026-11-09 2026-11-09
9 November 2025                2025-11-09 2025-11-09
9-nov-2025                     2025-11-09 2025-11-09
Mon 9 Nov                      2026-11-09 2026-11-09
Monday, 9 November             2026-11-09 2026-11-09
2026-11-09                     2026-11-09 2026-11-09
2026/11/09                     2026-11-09 2026-11-09
9.11.2026                      2026-11-09 2026-11-09
25/10                          2026-10-25 2026-10-25
10/25                          2026-10-25 2026-10-25
13/9/2026                      2026-09-13 2026-09-13
11/11                          2026-11-11 2026-11-11
18 november                    2026-11-18 2026-11-18
19 november                    2025-11-19 2025-11-19
24 december                    2025-12-24 2025-12-24
29 february                    2024-02-29 2024-02-29
on the 9th                     2026-11-09 2026-11-09
on the 20th                    2026-10-20 2026-10-20
on the 31st                    2026-10-31 2026-10-31
monday                         2026-11-16 2026-11-16
last friday                    2026-11-13 2026-11-13
on tuesday                     2026-11-17 2026-11-17
wednesday                      2026-11-11 2026-11-11
last wednesday                 2026-11-11 2026-11-11
on thu                         2026-11-12 2026-11-12
friday last week               2026-11-13 2026-11-13
monday of last week            2026-11-09 2026-11-09
last week's thursday           2026-11-12 2026-11-12
this monday                    2026-11-16 2026-11-16
end of october                 2026-10-31 2026-10-31
at the end of september        2026-09-30 2026-09-30
the start of october           2026-10-01 2026-10-01
the beginning of last month    2026-10-01 2026-10-01
the end of last quarter        2026-09-30 2026-09-30
the last day of october        2026-10-31 2026-10-31
the first day of q3            2026-07-01 2026-07-01
the day before 9 november      2026-11-08 2026-11-08
the day after 9 november       2026-11-10 2026-11-10
"""

UNITS = """
this week                      2026-11-16 2026-11-18
the current week               2026-11-16 2026-11-18
this wk                        2026-11-16 2026-11-18
week to date                   2026-11-16 2026-11-18
WTD                            2026-11-16 2026-11-18
last week                      2026-11-09 2026-11-15
last wk                        2026-11-09 2026-11-15
previous week                  2026-11-09 2026-11-15
this past week                 2026-11-09 2026-11-15
in the past week               2026-11-09 2026-11-15
last full week                 2026-11-09 2026-11-15
last weeks spend               2026-11-09 2026-11-15
the week before last           2026-11-02 2026-11-08
week before last               2026-11-02 2026-11-08
the week before last week      2026-11-02 2026-11-08
two weeks ago                  2026-11-02 2026-11-08
a week ago                     2026-11-09 2026-11-15
week 45                        2026-11-02 2026-11-08
wk 45                          2026-11-02 2026-11-08
wk45                           2026-11-02 2026-11-08
w45                            2026-11-02 2026-11-08
cw 45                          2026-11-02 2026-11-08
KW45                           2026-11-02 2026-11-08
calendar week 45               2026-11-02 2026-11-08
2026-W45                       2026-11-02 2026-11-08
week 45 of 2026                2026-11-02 2026-11-08
week 47                        2026-11-16 2026-11-18
week 48                        2025-11-24 2025-11-30
week 1                         2025-12-29 2026-01-04
week 53                        2020-12-28 2021-01-03
week of 9 november             2026-11-09 2026-11-15
the week of november 11        2026-11-09 2026-11-15
week of the 9th                2026-11-09 2026-11-15
week beginning 2 nov           2026-11-02 2026-11-08
w/c 2 nov                      2026-11-02 2026-11-08
week ending 15 nov             2026-11-09 2026-11-15
w/e 15 nov                     2026-11-09 2026-11-15
week of 18 november            2026-11-16 2026-11-18
this month                     2026-11-01 2026-11-18
month to date                  2026-11-01 2026-11-18
month-to-date                  2026-11-01 2026-11-18
MTD                            2026-11-01 2026-11-18
so far this month              2026-11-01 2026-11-18
this month so far              2026-11-01 2026-11-18
november so far                2026-11-01 2026-11-18
for the month                  2026-11-01 2026-11-18
last month                     2026-10-01 2026-10-31
in the last month              2026-10-01 2026-10-31
over the past month            2026-10-01 2026-10-31
last mo                        2026-10-01 2026-10-31
last months bill               2026-10-01 2026-10-31
the month before last          2026-09-01 2026-09-30
a month ago                    2026-10-01 2026-10-31
two months ago                 2026-09-01 2026-09-30
october                        2026-10-01 2026-10-31
in oct                         2026-10-01 2026-10-31
octobers tokens                2026-10-01 2026-10-31
in sept                        2026-09-01 2026-09-30
sep                            2026-09-01 2026-09-30
in may                         2026-05-01 2026-05-31
in march                       2026-03-01 2026-03-31
november                       2026-11-01 2026-11-18
december                       2025-12-01 2025-12-31
last october                   2026-10-01 2026-10-31
last november                  2025-11-01 2025-11-30
october last year              2025-10-01 2025-10-31
october of last year           2025-10-01 2025-10-31
november 2025                  2025-11-01 2025-11-30
oct '25                        2025-10-01 2025-10-31
oct'25                         2025-10-01 2025-10-31
october, 2025                  2025-10-01 2025-10-31
2026-10                        2026-10-01 2026-10-31
the month of october           2026-10-01 2026-10-31
the whole of october           2026-10-01 2026-10-31
the month before october       2026-09-01 2026-09-30
the month after september      2026-10-01 2026-10-31
the last month of q3           2026-09-01 2026-09-30
the second month of q3         2026-08-01 2026-08-31
this quarter                   2026-10-01 2026-11-18
this qtr so far                2026-10-01 2026-11-18
quarter to date                2026-10-01 2026-11-18
QTD                            2026-10-01 2026-11-18
the quarter so far             2026-10-01 2026-11-18
last quarter                   2026-07-01 2026-09-30
past quarter                   2026-07-01 2026-09-30
last qtr                       2026-07-01 2026-09-30
the quarter before last        2026-04-01 2026-06-30
q3                             2026-07-01 2026-09-30
in Q3                          2026-07-01 2026-09-30
q4                             2026-10-01 2026-11-18
q1                             2026-01-01 2026-03-31
q4 2025                        2025-10-01 2025-12-31
Q3 '25                         2025-07-01 2025-09-30
Q3-2025                        2025-07-01 2025-09-30
2025-Q3                        2025-07-01 2025-09-30
q3 last year                   2025-07-01 2025-09-30
third quarter                  2026-07-01 2026-09-30
the third quarter of 2025      2025-07-01 2025-09-30
the last quarter of 2025       2025-10-01 2025-12-31
H1                             2026-01-01 2026-06-30
h2                             2026-07-01 2026-11-18
H2 2025                        2025-07-01 2025-12-31
the first half of 2026         2026-01-01 2026-06-30
first half of the year         2026-01-01 2026-06-30
second half of last year       2025-07-01 2025-12-31
this year                      2026-01-01 2026-11-18
the year so far                2026-01-01 2026-11-18
year to date                   2026-01-01 2026-11-18
YTD                            2026-01-01 2026-11-18
last year                      2025-01-01 2025-12-31
a year ago                     2025-01-01 2025-12-31
in 2025                        2025-01-01 2025-12-31
calendar year 2025             2025-01-01 2025-12-31
the weekend                    2026-11-14 2026-11-15
last weekend                   2026-11-14 2026-11-15
over the weekend               2026-11-14 2026-11-15
the weekend before last        2026-11-07 2026-11-08
"""

SPANS = """
last 28 days                   2026-10-21 2026-11-17
trailing 28 days               2026-10-21 2026-11-17
rolling 28 days                2026-10-21 2026-11-17
last 28-day period             2026-10-21 2026-11-17
L28D                           2026-10-21 2026-11-17
last 7d                        2026-11-11 2026-11-17
last 7 days                    2026-11-11 2026-11-17
over the past seven days       2026-11-11 2026-11-17
the previous 7 days            2026-11-11 2026-11-17
last thirty days               2026-10-19 2026-11-17
last 30 days                   2026-10-19 2026-11-17
past 90 days                   2026-08-20 2026-11-17
last twenty-one days           2026-10-28 2026-11-17
the last couple of days        2026-11-16 2026-11-17
last 1 day                     2026-11-17 2026-11-17
a fortnight                    2026-11-04 2026-11-17
the last fortnight             2026-11-04 2026-11-17
last 2 weeks                   2026-11-02 2026-11-15
last 2wks                      2026-11-02 2026-11-15
the last couple of weeks       2026-11-02 2026-11-15
last four weeks                2026-10-19 2026-11-15
last 4 full weeks              2026-10-19 2026-11-15
past 6 weeks                   2026-10-05 2026-11-15
last 12 weeks                  2026-08-24 2026-11-15
last dozen weeks               2026-08-24 2026-11-15
the past two months            2026-09-01 2026-10-31
last 3 months                  2026-08-01 2026-10-31
L3M                            2026-08-01 2026-10-31
last six months                2026-05-01 2026-10-31
last 12 months                 2025-11-01 2026-10-31
last 2 quarters                2026-04-01 2026-09-30
last two years                 2024-01-01 2025-12-31
since july                     2026-07-01 2026-11-18
since 1 september              2026-09-01 2026-11-18
since 14 September             2026-09-14 2026-11-18
since nov 3                    2026-11-03 2026-11-18
since monday                   2026-11-16 2026-11-18
since last monday              2026-11-16 2026-11-18
since wednesday                2026-11-11 2026-11-18
since yesterday                2026-11-17 2026-11-18
since last week                2026-11-09 2026-11-18
since last month               2026-10-01 2026-11-18
since q2                       2026-04-01 2026-11-18
since week 40                  2026-09-28 2026-11-18
since 2025                     2025-01-01 2026-11-18
since december                 2025-12-01 2026-11-18
since the start of the year    2026-01-01 2026-11-18
since the beginning of october 2026-10-01 2026-11-18
starting 1 october             2026-10-01 2026-11-18
from september onwards         2026-09-01 2026-11-18
from 1 october on              2026-10-01 2026-11-18
from july to date              2026-07-01 2026-11-18
from 1 october until today     2026-10-01 2026-11-18
after 1 september              2026-09-02 2026-11-18
after september                2026-10-01 2026-11-18
september to date              2026-09-01 2026-11-18
until the end of august        2026-06-01 2026-08-31
until august                   2026-06-01 2026-08-31
up to 15 september             2026-06-01 2026-09-15
up to and including september  2026-06-01 2026-09-30
before 1 september             2026-06-01 2026-08-31
before october                 2026-06-01 2026-09-30
prior to q4                    2026-06-01 2026-09-30
all time                       2026-06-01 2026-11-18
ever                           2026-06-01 2026-11-18
so far                         2026-06-01 2026-11-18
up to now                      2026-06-01 2026-11-18
since the beginning            2026-06-01 2026-11-18
from 19 to 25 October          2026-10-19 2026-10-25
19-25 october                  2026-10-19 2026-10-25
19 – 25 oct                    2026-10-19 2026-10-25
oct 19-25                      2026-10-19 2026-10-25
from october 19 to 25          2026-10-19 2026-10-25
between 1 and 15 october       2026-10-01 2026-10-15
1st to 15th october            2026-10-01 2026-10-15
from the 1st to the 15th of october  2026-10-01 2026-10-15
from the 2nd to the 10th       2026-11-02 2026-11-10
between 1 September and 15 October  2026-09-01 2026-10-15
from 2026-10-01 to 2026-10-15  2026-10-01 2026-10-15
from 25/10 to 31/10            2026-10-25 2026-10-31
august through october         2026-08-01 2026-10-31
from july to september         2026-07-01 2026-09-30
between September and November 2026-09-01 2026-11-18
aug-oct                        2026-08-01 2026-10-31
jan to mar 2026                2026-01-01 2026-03-31
from september to november 2025  2025-09-01 2025-11-30
from november to february      2025-11-01 2026-02-28
between 15 december and 15 january  2025-12-15 2026-01-15
q1 to q3                       2026-01-01 2026-09-30
q2-q3                          2026-04-01 2026-09-30
weeks 40 to 45                 2026-09-28 2026-11-08
week 40-45                     2026-09-28 2026-11-08
from monday to friday last week  2026-11-09 2026-11-13
from thursday to tuesday       2026-11-12 2026-11-17
first half of october          2026-10-01 2026-10-15
the second half of october     2026-10-16 2026-10-31
second half of last month      2026-10-16 2026-10-31
the first half of november     2026-11-01 2026-11-15
second half of this month      2026-11-16 2026-11-18
the first 10 days of october   2026-10-01 2026-10-10
the last 7 days of october     2026-10-25 2026-10-31
the first 2 months of q3       2026-07-01 2026-08-31
the 28 days before 1 october   2026-09-03 2026-09-30
"""


def cases(table: str) -> list[tuple[str, str, str]]:
    """Phrase, first day, last day."""
    rows = (line.rsplit(None, 2) for line in table.strip().splitlines())
    return [(phrase.strip(), first, last) for phrase, first, last in rows]


@pytest.mark.parametrize(("phrase", "first", "last"), cases(DAYS) + cases(UNITS) + cases(SPANS))
def test_a_phrase_alone_covers_its_days(phrase: str, first: str, last: str) -> None:
    found = find(tokenise(phrase).words, CALENDAR)

    assert not found.problems
    assert not found.comparisons
    assert [(match.period.start.isoformat(), match.period.end.isoformat()) for match in found.periods] == [
        (first, last)
    ]
    assert not found.periods[0].future


@pytest.mark.parametrize(("phrase", "first", "last"), cases(DAYS) + cases(UNITS) + cases(SPANS))
@pytest.mark.parametrize(
    "frame",
    ["how many tokens did Platform use {}?", "{}: cost per head by team, please", "tokens by model, {} (no agents)"],
)
def test_a_phrase_inside_a_question_covers_the_same_days(phrase: str, first: str, last: str, frame: str) -> None:
    found = find(tokenise(frame.format(phrase)).words, CALENDAR)

    assert [(match.period.start.isoformat(), match.period.end.isoformat()) for match in found.periods] == [
        (first, last)
    ]
