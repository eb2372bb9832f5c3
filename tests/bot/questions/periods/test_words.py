"""The words of the calendar and the pieces that patterns are made of."""

from __future__ import annotations

import re

import pytest

from bot.questions.periods.words import (
    MONTHS,
    NUMBER,
    SHORT_WEEKDAYS,
    UNIT,
    WEEKDAYS,
    alternation,
    full_year,
    number,
    rule,
    unit_name,
    word_set,
)


@pytest.mark.parametrize(
    ("word", "value"),
    [("7", 7), ("seven", 7), ("twelve", 12), ("twenty", 20), ("twenty eight", 28), ("a couple of", 2), ("a dozen", 12)],
)
def test_a_number_is_read_in_digits_and_in_words(word: str, value: int) -> None:
    assert re.fullmatch(NUMBER, word)
    assert number(word) == value


@pytest.mark.parametrize(
    ("word", "unit"),
    [("d", "day"), ("days", "day"), ("wk", "week"), ("mths", "month"), ("qtr", "quarter"), ("yrs", "year"),
     ("half year", "half"), ("half", "half"), ("weekend", "weekend")],
)  # fmt: skip
def test_a_unit_is_known_by_its_abbreviations(word: str, unit: str) -> None:
    assert unit_name(word) == unit


def test_one_letter_is_a_unit_only_behind_a_number() -> None:
    assert re.search(rf"7(?P<unit>{UNIT})\b", "7d")
    assert re.fullmatch(UNIT, "d") is None


def test_months_and_weekdays_are_counted_and_a_lost_apostrophe_is_forgiven() -> None:
    assert (MONTHS["january"], MONTHS["dec"], MONTHS["octobers"]) == (1, 12, 10)
    assert (WEEKDAYS["monday"], WEEKDAYS["sun"]) == (0, 6)
    assert "marchs" not in MONTHS
    assert "sun" in SHORT_WEEKDAYS
    assert "sunday" not in SHORT_WEEKDAYS


def test_a_rule_ends_where_a_word_ends() -> None:
    pattern = rule(alternation(["oct", "october"]))

    assert [match.group() for text in ("october x", "octopus", "oct") if (match := pattern.match(text))] == [
        "october", "oct",
    ]  # fmt: skip


def test_a_year_may_be_short() -> None:
    assert (full_year("'25"), full_year("2025")) == (2025, 2025)


def test_words_of_a_text_are_a_set() -> None:
    assert word_set(" of  the of ") == {"of", "the"}
