"""Numbers in digits and words, with the unit said beside them."""

from __future__ import annotations

import pytest

from bot.questions.finders.numbers import read_number
from tests.bot.questions.finders.bureau import mentions


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("teams above 5 million tokens", [5e6]),
        ("crossed 5 lakh tokens", [5e5]),
        ("teams between 5 and 20 million tokens", [5e6, 2e7]),
        ("fell by more than a tenth", [10.0]),
        ("more than half of the tokens", [50.0]),
        ("cost by title, top 3, Sept.", [3.0]),
    ],
)
def test_numbers_are_read_with_their_scale(text: str, values: list[float]) -> None:
    assert [mention.values[0] for mention in mentions(text) if mention.kind == "number"] == values


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,000", 1_000, ""),
        ("1.000.000", 1_000_000, ""),
        ("6.5", 6.5, ""),
        ("6,5", 6.5, ""),
        ("5k", 5_000, ""),
        ("5 million", 5_000_000, ""),
        ("$ 300", 300, "usd"),
        ("€20", 20, "usd"),
        ("50 cents", 0.5, "usd"),
        ("20 %", 20, ""),
        ("20%", 20, "percent"),
        ("3 percent points", 3, "percent"),
        ("twenty - five", 25, ""),
        ("twenty five thousand", 25_000, ""),
        ("a million", 1_000_000, ""),
        ("half a million", 500_000, ""),
        ("a dozen", 12, ""),
    ],
)
def test_a_number_at_the_start_of_words(text: str, value: float, unit: str) -> None:
    taken = read_number(text.split(), 0)

    assert taken is not None
    assert (taken[0].value, taken[0].unit) == (value, unit)


@pytest.mark.parametrize("text", ["tokens", "gpt4", "5x", "half", "a", "ten%ths"])
def test_other_words_are_none(text: str) -> None:
    assert read_number([text], 0) is None


def test_a_half_is_one_in_percent_only_where_something_is_compared_with_it() -> None:
    assert read_number(["than", "half", "of"], 1) is not None
    assert read_number(["first", "half", "of"], 1) is None
    assert read_number(["than", "half", "a"], 1) is None
