"""Words near to known words: plurals, and one or two letters off."""

from __future__ import annotations

import pytest

from bot.questions.finders.spelling import corrected, near, plural, singular

KNOWN = ("tokens", "requests", "adoption", "growth", "october", "cost")


@pytest.mark.parametrize(
    ("word", "many"), [("team", "teams"), ("analysis", "analyses"), ("box", "boxes"), ("summary", "summaries"),
                       ("day", "days"), ("branch", "branches")],
)  # fmt: skip
def test_a_plural_is_made_and_undone(word: str, many: str) -> None:
    assert plural(word) == many
    if word != "analysis":
        assert singular(many) == word


def test_a_word_that_only_ends_like_a_plural_keeps_its_end() -> None:
    assert singular("access") == "access"
    assert singular("ties") == "tie"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("tokns", "tokens"),
        ("reqeusts", "requests"),
        ("adoptoin", "adoption"),
        ("octber", "october"),
        ("grwth", "growth"),
    ],
)
def test_one_or_two_letters_off_are_a_slip(slip: str, meant: str) -> None:
    assert corrected(slip, KNOWN) == meant


@pytest.mark.parametrize("word", ["cst", "tulips", "token", "zebra", "growing", "requisition"])
def test_short_words_english_words_and_far_ones_are_none(word: str) -> None:
    assert corrected(word, KNOWN) is None


def test_between_two_as_near_only_a_strong_one_is_meant() -> None:
    assert corrected("bravq", ("brava", "bravo")) is None
    assert corrected("bravq", ("brava", "bravo"), strong=("bravo",)) == "bravo"


def test_names_to_offer_are_near_as_a_whole_or_share_a_word() -> None:
    names = ("Growth", "Cost Control", "Customer Care", "R")

    assert near("Growht", names) == ["Growth"]
    assert near("Costs Contrl", names) == ["Cost Control"]
    assert near("Zebra", names) == []
