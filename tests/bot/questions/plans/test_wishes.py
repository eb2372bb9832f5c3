"""A wish to be told is a figure, a scope and what is waited for: its usual range, a level, a part of the budget."""

from __future__ import annotations

import pytest

from bot.questions.plans.wishes import kind_of, title_of, watched
from bot.questions.read import read
from bot.questions.reading import World


def test_many_ways_to_wish_to_be_told(world: World) -> None:
    told = {
        "tell me when cost per employee of Checkout leaves its usual range": (
            "range",
            "cost per employee, Checkout, leaves its usual range",
        ),
        "keep an eye on tokens per employee": (
            "range",
            "tokens per employee, whole organisation, leaves its usual range",
        ),
        "ping me if usage looks odd": ("range", "tokens, whole organisation, leaves its usual range"),
        "let me know when tokens of Booking jump": ("range", "tokens, Booking, leaves its usual range"),
        "alert me at 80% of the budget": ("budget", "80.0% of the budget, whole organisation, is used"),
        "ping me if Checkout goes over its budget": ("budget", "100% of the budget, Checkout, is used"),
        "notify me when adoption drops below 70%": (
            "below",
            "adoption rate, whole organisation, is below 70.0% in a week",
        ),
        "set up an alert for when cost goes above $1.5k": (
            "above",
            "cost, whole organisation, is above $1,500.00 in a week",
        ),
    }

    found = {text: watched(text, world, read)[0].query for text in told}

    assert {text: (kind_of(query), title_of(query, world.directory)) for text, query in found.items()} == told


@pytest.mark.parametrize(
    "text", ["tell me the cost of Checkout last month", "let me know how much we spent in October", "cost last month"]
)
def test_a_question_that_begins_alike_is_none(text: str, world: World) -> None:
    assert watched(text, world, read) == ()
