"""Items of a workflow by the name that people have for them: a verb makes sure, a word alone is asked back."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.questions.reading import Impossible, Reading, Unclear, Understood, World
from bot.questions.workflow_items import with_items_named
from storage.names import Directory, WorkflowName
from storage.query import Query
from storage.records import Period

ITEMS = Query(metrics=("items",), period=Period(date(2026, 10, 1), date(2026, 10, 31)))
WORKFLOWS = ("ticket answering", "contract review", "code review", "crash triage", "claim intake")
WORLD = World(
    directory=Directory(
        1, 1, (), (), tuple(WorkflowName(name, "", "") for name in WORKFLOWS), {"tool": ("Claims Desk",)}, None, None
    ),
    as_of=date(2026, 11, 18),
)


class Plain:
    """A reader that knows items of a workflow by its name alone, and keeps what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        self.texts.append(text)
        known = any(re.search(rf"{name}\b", text) for name in WORKFLOWS)
        return (Understood(query=ITEMS) if known else Impossible(text="That is not counted here."),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how many tickets did AI answer in October?", "how many items of ticket answering with AI in October?"),
        ("how many tickets were answered by agents?", "how many items of ticket answering in mode agent?"),
        ("how many contracts did we review last week", "how many items of contract review last week"),
        ("tickets handled by hand by team", "items of ticket answering by hand by team"),
        ("average minutes per contract reviewed", "minutes per item of contract review"),
        ("how long does a ticket take with AI", "minutes per item of ticket answering with AI"),
        ("how many crashes were triaged in October", "how many items of crash triage in October"),
    ],
)
def test_a_verb_of_the_workflow_makes_sure_what_is_counted(text: str, said: str) -> None:
    plain = Plain()

    (found,) = with_items_named(plain)(text, WORLD, None)

    assert isinstance(found, Understood)
    assert plain.texts[-1].strip() == said


@pytest.mark.parametrize("text", ["cost per ticket", "what does a ticket cost us", "success rate of tickets"])
def test_a_word_alone_is_asked_back_with_the_question_that_is_meant(text: str) -> None:
    (found,) = with_items_named(Plain())(text, WORLD, None)

    assert isinstance(found, Unclear)
    assert "ticket answering" in found.text
    assert [option.ask for option in found.options] == [option.label for option in found.options]


@pytest.mark.parametrize("text", ["cost per review", "how many reviews were done", "cost per claim", "cost per commit"])
def test_a_word_of_two_workflows_or_of_something_else_is_none(text: str) -> None:
    (found,) = with_items_named(Plain())(text, WORLD, None)

    assert isinstance(found, Impossible)


def test_what_is_read_already_is_left_alone() -> None:
    plain = Plain()

    with_items_named(plain)("tickets per ticket answering item", WORLD, None)

    assert plain.texts == ["tickets per ticket answering item"]
