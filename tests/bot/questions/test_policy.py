"""Under the policy `hidden` nobody reads of another person, however it is asked; of groups and oneself all."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Status
from tests.bot.questions.test_pipeline import Asking, asking

__all__ = ["asking"]

DENIED = """
how many tokens did {other} use last month?
{other}'s spend in october
tokens of {small}, q3
what did {third} cost us in september
requests by {third} last week, by tool
hey, just curious: how much has {other} been using Cursor this month?
Is {other} using AI at all?
did {third} use cursor in october
compare {other} and {third} on tokens in october
{other} vs {third}, cost last month
How many tokens did Zebulon Quartermain use in october?
zebulon quartermain's cost in q3
how many requests has {other}g made last month
Kindly share the token consumption of {other} for October.
For her review I need {other}'s requests in Q3.
which tool does {other} use most?
{mail} tokens october
who used the most tokens in october?
top 5 users by cost last month
rank everyone by requests in q3
whos the biggest spender in Booking
list people in Booking with their tokens in october
tokens by person last month
cost per person, one line each, october
Show me everybody who did not use AI in October.
who has not used cursor last month
which colleagues use Cursor the least?
who is over 10m tokens in october
the three heaviest users in Booking, names please
which employee costs us the most?
give me each engineer's tokens for october
names of the people without any usage in Q3
Who in Booking tried Cursor in September?
least active person in my team
bottom 10 people by requests in october
my manager's tokens in october: {other}
tokens of Checkout in october // and by person?
my requests in september // and {other}'s?
cost of Booking in october // who spent the most?
tokens in october // only {other}
how many tokens did I use in october // and {third}?
adoption in Booking in october // who is not using it?
average tokens per day of {third} in october
what share of Booking' tokens is {other}'s?
everyone's cost last month except mine
Whose usage grew the most from August to September?
Has {other} become more active since September?
"""
ANSWERED = """
how many tokens did i use in october
my cost last month by tool
what did I spend in q3?
my requests per week since august
tokens per employee by team in october
cost by team last month
adoption rate in Booking in october
how many people used AI in october?
total spend in q3
tokens by tool in october
which team has the highest adoption in october
how many people are in Booking today?
my tokens in october // and in september?
cost in october // by tool
tokens per employee for my team in october
how many requests did I make in october
"""


def lines(text: str) -> list[str]:
    """The questions, one a line; the turns of a thread stand beside each other."""
    return text.strip().splitlines()


def asked(asking: Asking, question: str) -> Status:
    """How the last turn ends for somebody of Checkout."""
    first, second = [row for row in asking.people if row["team"] == "Booking" and not row["end_date"]][:2]
    names = {"other": first["name"], "small": first["name"].lower(), "third": second["name"], "mail": first["email"]}
    for turn in question.format(**names).split(" // "):
        answer = asking.ask(turn, asking.of("Checkout")["email"], thread="C1:1")
    return answer.status


@pytest.mark.parametrize("question", lines(DENIED))
def test_another_persons_figures_are_denied(asking: Asking, question: str) -> None:
    assert asked(asking, question) is Status.DENIED


@pytest.mark.parametrize("question", lines(ANSWERED))
def test_ones_own_and_groups_are_answered(asking: Asking, question: str) -> None:
    assert asked(asking, question) is Status.ANSWERED
