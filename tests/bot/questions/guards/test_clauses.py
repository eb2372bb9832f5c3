"""The clauses of a message: which ask, and which only state, greet or give a reason."""

from __future__ import annotations

import pytest

from bot.questions.guards.clauses import clauses_of
from tests.bot.questions.guards.scenes import COST, scene


def asides(text: str, *ignored: str) -> list[str]:
    return [clause.said for clause in scene(text, COST, *ignored).clauses if clause.aside]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("We met the auditors. What was the cost of Web in October?", "We met the auditors"),
        ("For the board deck, cost of Web in October", "For the board deck"),
        ("Hello there, cost of Web in October", "Hello there"),
        ("Because we plan, cost of Web in October", "Because we plan"),
    ],
)
def test_what_states_greets_or_names_an_occasion_asks_nothing(text: str, aside: str) -> None:
    assert asides(text) == [aside]


@pytest.mark.parametrize(
    "text",
    [
        "cost of Web in October, only chat",
        "cost of Web in October, without agents",
        "cost of Web in October, those who use Cursor",
        "What was the cost of Web? By tool",
        "tokens, cost, requests",
    ],
)
def test_what_restricts_or_lists_is_no_aside(text: str) -> None:
    assert asides(text) == []


def test_a_clause_that_holds_what_the_query_uses_is_asked() -> None:
    assert asides("We talk about Web. What was the cost in October?") == []
    assert asides("We talk about Web. What was the cost in October?", "Web") == ["We talk about Web"]


def test_where_everything_seems_context_nothing_is() -> None:
    assert asides("We met the auditors.") == []


def test_a_clause_is_told_as_it_was_written() -> None:
    (clause,) = scene("May Lind's cost (in October)").clauses[:1]

    assert clause.said == "May Lind's cost"
    assert clauses_of([], frozenset(), frozenset()) == ()
