"""The question at the core of a message: what is left out around it, and what never is."""

from __future__ import annotations

import pytest

from bot.questions.reading import Missing, Reading, Unclear, Understood, World
from bot.questions.rules import read
from storage.query import Query
from tests.bot.questions.organisations import AS_OF, harbourline

HARBOUR = harbourline()


def one(text: str) -> Reading:
    return read(text, World(directory=HARBOUR, as_of=AS_OF, asker=None))[-1]


def query(text: str) -> Query:
    got = one(text)
    assert isinstance(got, Understood), (text, got)
    return got.query


@pytest.mark.parametrize(
    ("message", "core"),
    [
        (
            "Our Rotterdam depot feels forgotten, so please could I have the cost per head in Rotterdam in Q3?",
            "cost per head in Rotterdam in Q3",
        ),
        ("Purely out of curiosity before I head home, how many tokens did Fleet use in October?",
         "how many tokens did Fleet use in October"),
        ("For the sustainability report I have been asked to establish how many output tokens there were in October.",
         "output tokens in October"),
        ("Which teams had fewer than ten active people last month? I'd like to pay them a visit.",
         "which teams had fewer than ten active people last month"),
        ("The invoice came as a shock to us, so I was wondering if you could explain why spend rose in October.",
         "why did spend rise in October"),
        ("HR would like the average contractor headcount in Technology over the third quarter, could you oblige?",
         "average contractor headcount in Technology in Q3"),
        ("I owe the CFO an explanation by noon. Cost by tool in October, please.", "cost by tool in October"),
        ("One of my deputies insists that it is only a toy, hence my question: how many requests did Fleet make in Q3?",
         "how many requests did Fleet make in Q3"),
    ],
)  # fmt: skip
def test_a_message_with_context_is_read_as_its_question(message: str, core: str) -> None:
    assert query(message) == query(core)


@pytest.mark.parametrize(
    ("message", "plain"),
    [
        ("Fleet's prompts strike me as very long, would you mind checking its input tokens in October?",
         "input tokens of Fleet in October"),
        ("Our Singapore office is rather sceptical about all this, and I'd like to know its adoption rate last week.",
         "adoption rate in Singapore last week"),
    ],
)  # fmt: skip
def test_a_name_that_the_question_points_back_to_stays(message: str, plain: str) -> None:
    assert query(message).filters == query(plain).filters


@pytest.mark.parametrize(
    "message",
    [
        "We trialled Devin a bit, I believe. How many requests did it get in October?",
        "My colleagues in Wobble were wondering, how many tokens did they use in October?",
        "Our Singapore office is rather sceptical, so may I have the cost per head last quarter?",
        "The cost of the zorbs in October, requests by team",
    ],
)
def test_context_that_names_what_is_asked_is_not_dropped(message: str) -> None:
    got = one(message)

    assert isinstance(got, Unclear | Missing), (message, got)


@pytest.mark.parametrize(
    "condition",
    [
        "at night",
        "during lunch",
        "from mobile",
        "in production",
        "with retries",
        "on laptops",
        "not the interns",
        "no embeddings",
        "by interns",
        "the interns",
        "new hires",
        "this being the pilot",
        "given to students",
        "caching aside",
        "the pilot",
        "nightly",
    ],
)
def test_a_condition_that_nobody_knows_is_never_taken_for_context(condition: str) -> None:
    for message in (f"tokens of Fleet in October, {condition}", f"{condition}, tokens of Fleet in October"):
        assert not isinstance(one(message), Understood), message


@pytest.mark.parametrize(
    "message",
    [
        "How top-heavy were we in Q3? token share of the top tenth of people",
        "Morning all, closing the books on September and I need one number off you: what did we spend?",
    ],
)
def test_a_period_said_with_the_context_is_kept(message: str) -> None:
    got = one(message)

    assert not isinstance(got, Understood) or got.query.period.start.month in (7, 9)
