"""Names that nobody knows."""

from __future__ import annotations

import pytest

from bot.questions.finders.strangers import is_stranger
from bot.questions.tokens import tokenise
from tests.bot.questions.finders.bureau import mentions


def unknown(text: str) -> list[str]:
    return [mention.said for mention in mentions(text) if mention.kind == "unknown"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tokens of Zebra last month", "Zebra"),
        ("tokens of Zebra Quagga last month", "Zebra Quagga"),
        ("cost of windsurf in October", "windsurf"),
        ('tokens of "Zebra"', "Zebra"),
        ("the Zebra team's tokens", "Zebra"),
    ],
)
def test_a_run_of_capitals_where_a_name_stands_is_one(text: str, name: str) -> None:
    assert unknown(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["Tokens of Growth", "CFO wants tokens", "Cost In October By Team", "Tokens per Employee", "tokens of zebra"],
)
def test_known_names_short_acronyms_and_words_of_the_language_are_none(text: str) -> None:
    assert unknown(text) == []


def test_a_well_known_product_is_a_name_however_it_is_written() -> None:
    small, capital, plain = (tokenise(text).tokens for text in ("windsurf", "Zebra", "tokens"))

    assert is_stranger(small, 0)
    assert is_stranger(capital, 0)
    assert not is_stranger(plain, 0)
