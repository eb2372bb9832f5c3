"""Kinds of people, modes of work and lists that are said are in the query."""

from __future__ import annotations

import pytest

from bot.questions.guards.kinds import heads_said, lists_said, values_said
from bot.questions.reading import Unclear
from storage.query import Filter, Query
from tests.bot.questions.guards.scenes import COST, Guard, scene

CONTRACTORS = COST.with_(filters=(Filter("kind", ("contractor",)),))


@pytest.mark.parametrize(
    ("guard", "text", "query"),
    [
        (values_said, "cost of contractors in October", COST),
        (lists_said, "cost by team in October", COST),
        (lists_said, "cost by team and by tool", COST.with_(group_by=("team",))),
        (lists_said, "cost broken down by office", COST),
        (lists_said, "cost per department", COST),
        (heads_said, "cost per employee in October", COST),
    ],
)
def test_what_the_query_has_not_is_asked_about(guard: Guard, text: str, query: Query) -> None:
    assert isinstance(guard(scene(text, query)), Unclear)


@pytest.mark.parametrize(
    ("guard", "text", "query"),
    [
        (values_said, "cost of contractors in October", CONTRACTORS),
        (values_said, "cost in October, contractors too", COST),
        (values_said, "adoption of contractors", COST.with_(metrics=("adoption_rate",))),
        (lists_said, "cost by team in October", COST.with_(group_by=("team",))),
        (lists_said, "cost by team Web", COST),
        (lists_said, "cost by kind of work", COST.with_(group_by=("activity",))),
        (lists_said, "cost by team", COST.with_(scopes=("Web", "Data"))),
        (heads_said, "cost per employee", COST.with_(metrics=("cost_per_employee",))),
        (heads_said, "cost per week", COST),
        (heads_said, "cost per employee", COST.with_(group_by=("person",))),
    ],
)
def test_what_it_has_passes(guard: Guard, text: str, query: Query) -> None:
    assert guard(scene(text, query)) is None


@pytest.mark.parametrize("guard", [values_said, lists_said, heads_said])
def test_without_a_query_there_is_nothing_to_account_for(guard: Guard) -> None:
    assert guard(scene("cost of contractors by team per employee", None)) is None
