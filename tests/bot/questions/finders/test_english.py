"""Whether a word is plain English, by how often people write it."""

from __future__ import annotations

import pytest

from bot.questions.finders.english import is_english, load


@pytest.mark.parametrize("word", ["the", "growth", "review", "support", "mercury"])
def test_words_that_people_often_write_are(word: str) -> None:
    load()
    assert is_english(word)


@pytest.mark.parametrize("word", ["tokns", "octber", "zorbli", "adoptoin", ""])
def test_slips_and_inventions_are_not(word: str) -> None:
    assert not is_english(word)
