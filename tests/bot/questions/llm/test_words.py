"""The check that every reading of a model has to pass: its calls say what the question says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.questions.llm.failure import ModelFailure
from bot.questions.reading import Reading, Unclear, Understood
from storage.query import Filter
from tests.bot.questions.llm.calls import only, query
from tests.bot.questions.llm.planned import planned

OCTOBER: dict[str, Any] = {"time": "in October"}


def one(text: str, *metrics: str, **fields: Any) -> Reading:
    (reading,) = planned(text, query(*metrics, **fields))
    return reading


def test_a_call_that_says_all_that_the_question_says_is_read() -> None:
    found = one("tokens of RevOps in October", **OCTOBER, filters=[only("team", "⟦team:1⟧")])

    assert isinstance(found, Understood)
    assert found.query.filters == (Filter("team", ("Growth",)),)


@pytest.mark.parametrize(
    "fields",
    [
        {"group_by": ["person"]},
        {"grain": "week"},
        {"group_by": ["tool"], "limit": 3, "order": {"by": "value", "descending": True}},
    ],
    ids=["a grouping", "a step", "a ranking"],
)
def test_what_no_word_asks_for_is_told_to_the_model(fields: dict[str, Any]) -> None:
    with pytest.raises(ModelFailure, match="nothing in the question asks for that"):
        one("tokens in October", **OCTOBER, **fields)


def test_where_no_word_names_a_figure_none_is_asked_for() -> None:
    with pytest.raises(ModelFailure, match="nothing in the question asks for that"):
        one("RevOps in October", "tokens", **OCTOBER, filters=[only("team", "⟦team:1⟧")])


def test_a_word_that_no_call_uses_is_asked_about_with_what_was_read_without_it() -> None:
    found = one("tokens of shaders in October", **OCTOBER)

    assert isinstance(found, Unclear)
    assert "shaders" in found.text
    assert [option.label for option in found.options] == ["tokens, October 2026"]


def test_an_unplain_word_may_be_taken_for_the_metric_and_is_echoed() -> None:
    greedy = [{"words": "greedy", "means": "metric"}]
    found = one("how greedy was RevOps in October", **OCTOBER, filters=[only("team", "⟦team:1⟧")], words_read=greedy)

    assert isinstance(found, Understood)
    assert found.echoes == ("read “greedy” as tokens",)


def test_a_word_with_a_meaning_of_its_own_may_not_be_taken_for_another() -> None:
    claimed = [{"words": "expensive", "means": "grain"}]

    with pytest.raises(ModelFailure):
        one("how expensive was RevOps in October", **OCTOBER, grain="week", words_read=claimed)


def test_of_two_calls_each_has_its_own_part_of_the_words() -> None:
    first = query("tokens", **OCTOBER, part="tokens in October")
    second = query("cost", time="in September", part="cost in September")
    readings = planned("tokens in October and cost in September", first, second)

    assert [reading.query.metrics for reading in readings if isinstance(reading, Understood)] == [
        ("tokens",),
        ("cost",),
    ]
    assert replace(readings[0], steps=()) != replace(readings[1], steps=())
