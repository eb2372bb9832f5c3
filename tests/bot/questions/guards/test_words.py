"""Every content word of the question is one of the language here, else it is asked back."""

from __future__ import annotations

import pytest

from bot.questions.guards.words import is_known, strange, unknown_words
from bot.questions.reading import Unclear
from tests.bot.questions.guards.scenes import scene


@pytest.mark.parametrize(
    "word", ["tokens", "token", "spending", "costing", "teamwise", "octobr", "q3", "3rd", "'s", "x", "5", "i.e"]
)
def test_words_inflections_slips_and_joints_are_known(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["shaders", "wafer", "zorblimancer", "seniority"])
def test_others_are_not(word: str) -> None:
    assert not is_known(word)


def test_a_strange_word_is_quoted_as_it_was_written() -> None:
    asked = unknown_words(scene("cost of Shaders and wafers in October"))

    assert isinstance(asked, Unclear)
    assert "“wafers”" in asked.text


def test_names_and_what_is_only_context_are_passed_over() -> None:
    assert unknown_words(scene("cost of Web in October")) is None
    assert unknown_words(scene("We polished shaders. What was the cost of Web in October?")) is None


def test_a_word_that_begins_like_a_name_that_is_used_belongs_to_it() -> None:
    assert unknown_words(scene("cost of contract review, contracts reviewed")) is None


def test_words_of_a_phrase_are_known_together() -> None:
    (clause,) = scene("tokens per employee").clauses

    assert strange(clause) == []
