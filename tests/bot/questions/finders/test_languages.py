"""A message in another language than English gets one line in that language."""

from __future__ import annotations

import pytest

from bot.questions.finders.languages import foreign
from bot.questions.lexicon.tables import Entry, entries


@pytest.mark.parametrize("entry", entries("languages"), ids=lambda entry: entry.name)
def test_another_language_gets_one_line_in_that_language(entry: Entry) -> None:
    found = foreign(entry.example)
    assert found is not None
    assert found.text == entry.text


@pytest.mark.parametrize(
    "text",
    [
        "Welches Team, sorry, which team had the highest cost per head?",
        "tokens of Nice?",
        "How many tokens last month?",
    ],
)
def test_english_is_read_though_a_word_of_another_language_is_in_it(text: str) -> None:
    assert foreign(text) is None


@pytest.mark.parametrize("text", ["", "?", "42", "combien", "hola hola hola hola"])
def test_a_word_or_two_are_no_language(text: str) -> None:
    assert foreign(text) is None
