"""A condition that the lexicon knows stops the answer, whatever else the question holds."""

from __future__ import annotations

import pytest

from bot.questions.guards.conditions import refusal, unrecorded
from bot.questions.lexicon.tables import Entry, entries
from bot.questions.reading import Impossible
from tests.bot.questions.guards.scenes import COST, scene


@pytest.mark.parametrize("entry", entries("conditions"), ids=lambda entry: entry.name)
def test_every_condition_has_its_sentence_and_the_nearest_question_to_press(entry: Entry) -> None:
    found = refusal(entry.name, "so")

    assert found.text == entry.text
    assert [option.ask for option in found.options] == [entry.nearest]
    assert found.steps == (f"unsupported: {entry.name} (“so”)",)


@pytest.mark.parametrize("text", ["cost of Web at night", "COST AT NIGHT", "cost in October, at night"])
def test_it_is_found_wherever_it_is_asked(text: str) -> None:
    assert isinstance(unrecorded(scene(text)), Impossible)


def test_what_a_name_says_is_no_condition() -> None:
    assert unrecorded(scene("cost of weekly report in October")) is None
    assert unrecorded(scene("cost of Web in October")) is None


def test_what_is_only_context_stops_nothing() -> None:
    text = "We work at night. What was the cost of Web in October?"

    assert unrecorded(scene(text, COST)) is None
