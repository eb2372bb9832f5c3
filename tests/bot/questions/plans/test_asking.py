"""Budgets and targets are asked for in many words; a budget that is only the occasion of a question is not."""

from __future__ import annotations

import pytest

from bot.questions.plans.asking import planned
from bot.questions.read import read
from bot.questions.reading import Understood, World


def found(text: str, world: World, before: Understood | None = None) -> tuple[str, ...]:
    readings = planned(text, world, before, read)
    return tuple(reading.intent.value for reading in readings if isinstance(reading, Understood))


def test_many_ways_to_ask_for_budgets_and_targets(world: World) -> None:
    told = {
        "how much of the budget is used": ("budget",),
        "how much is left of Checkout's budget": ("budget",),
        "who's over budget?": ("budget",),
        "will we blow through the budget?": ("budget",),
        "are we going to exceed our AI budget this month": ("budget",),
        "spend vs budget": ("budget",),
        "what share of its budget has Checkout burned": ("budget",),
        "is Checkout within budget": ("budget",),
        "who is close to their budget": ("budget",),
        "which teams are about to run out of budget": ("budget",),
        "show budgets": ("budget",),
        "are we on track?": ("budget", "targets"),
        "are we on track for our adoption target": ("targets",),
        "how far is Checkout from its goals": ("targets",),
    }

    assert {text: found(text, world) for text in told} == told


@pytest.mark.parametrize(
    "text",
    [
        "The budget round opens on 20 October; please give me the cost by provider for Q3 2026.",
        "Leaving Commercial aside, as they have their own budget, what did the rest spend in September?",
        "Our budget is 2000 dollars. What did we spend in September?",
        "over the last 90 days which tool is eating most of the budget",
        "should we raise the budget?",
        "cost by team last month",
    ],
)
def test_a_budget_that_is_only_the_occasion_is_left_to_the_reader(text: str, world: World) -> None:
    assert found(text, world) == ()


def test_a_scope_a_month_and_who_is_over_are_part_of_the_question(world: World) -> None:
    (of_team,) = planned("how much of Checkout's budget was used last month", world, None, read)
    (over,) = planned("which teams were over budget in October", world, None, read)
    assert isinstance(of_team, Understood)
    assert isinstance(over, Understood)

    assert [(condition.dimension, condition.values) for condition in of_team.query.filters] == [("team", ("Checkout",))]
    assert of_team.query.period.label == over.query.period.label == "October 2026"
    assert [having.value for having in over.query.having] == [1.0]
    assert found("and Booking?", world, of_team) == ("budget",)
