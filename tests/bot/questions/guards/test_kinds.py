"""Kinds of people, modes of work and lists that are said are in the query."""

from __future__ import annotations

import pytest

from bot.questions.finders.marks import Marked, Mention
from bot.questions.guards.kinds import heads_said, lists_said, values_said
from bot.questions.guards.scene import Choice, Scene
from bot.questions.reading import Reading, Unclear
from storage.query import Filter, Query
from tests.bot.questions.finders.bureau import world
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


def test_a_kind_is_asked_about_where_the_word_is_somebodys_title_as_well() -> None:
    title = Mention("title", (), ("Agent",), doubtful=True, said="agents")
    marked = Marked(parts=["cost", "of", title, "by", "workflow"], raws=["cost", "of", "agents", "by", "workflow"])
    by_workflow = COST.with_(group_by=("workflow",))

    def asked(role: str, query: Query) -> Reading | None:
        return values_said(Scene(marked, Choice((role,)), world(), query))

    assert isinstance(asked("ignore", by_workflow), Unclear)
    assert asked("in", by_workflow.with_(filters=(Filter("title", ("Agent",)),))) is None
