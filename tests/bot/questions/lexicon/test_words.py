"""Sets of words that the finders and guards ask for."""

from __future__ import annotations

import pytest

from bot.questions.lexicon.words import (
    dimension_of,
    figure_words,
    known_products,
    language_words,
    meanings,
    short_times,
    short_words,
    single_words,
    stating_verbs,
    time_words,
    whole_words,
)
from storage.catalogue import DIMENSIONS


@pytest.mark.parametrize(
    ("word", "dimension"), [("team", "team"), ("teams", "team"), ("tool", "tool"), ("zebra", ""), ("tokens", "")]
)
def test_a_word_may_name_a_dimension(word: str, dimension: str) -> None:
    assert dimension_of(word) == dimension
    assert dimension in ("", *DIMENSIONS)


def test_words_of_a_phrase_are_not_each_a_phrase() -> None:
    assert {"per", "employee"} <= single_words("metrics")
    assert "per" not in whole_words("metrics")
    assert "tokens" in whole_words("metrics")


def test_several_files_are_asked_together() -> None:
    assert single_words("metrics", "dimensions") == single_words("metrics") | single_words("dimensions")


def test_what_a_slip_may_have_meant_is_no_short_word() -> None:
    assert all(len(word) > 3 for word in figure_words())
    assert "tokens" in figure_words()


def test_no_product_is_a_word_that_a_question_may_hold_anyway() -> None:
    assert known_products()
    assert all(product == product.lower() for product in known_products())
    assert not known_products() & whole_words("metrics", "dimensions")


def test_times_and_figures_are_words_of_the_language() -> None:
    assert {"october", "monday", "week", "yesterday"} <= time_words()
    assert time_words() | whole_words("metrics", "dimensions", "plain") <= language_words()


def test_what_people_write_short_stands_for_something_longer_or_other() -> None:
    for short, long in (short_words() | short_times()).items():
        assert long
        assert short != long


def test_a_phrase_is_looked_up_by_what_it_names() -> None:
    assert meanings("metrics")["tokens"] == "tokens"
    assert set(meanings("dimensions", "team").values()) == {"team"}
    assert stating_verbs()
