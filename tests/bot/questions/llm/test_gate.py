"""What a model may say around figures: slots, each once, and between them only words that claim nothing."""

from __future__ import annotations

import pytest

from bot.questions.llm.gate import ALLOWED, Breach, gated
from bot.questions.llm.slots import FigureSlot

KNOWN = (FigureSlot("f1", "figure", "up", "tokens: 5"), FigureSlot("f2", "beside", "none", "cost: 7"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Nothing here.", "no slot"),
        ("{{f1}} {{f1}}", "a slot twice"),
        ("{{f9}}", "an unknown slot"),
        ("{{f1}} {f2}", "a mark"),
        ("{{f1}} <!channel>", "a mark"),
        ("{{f1}} see https://x.example", "a mark"),
        ("{{f1}} *look*", "a mark"),
        ("{{f1}} @here", "a mark"),
        ("{{f1}} \u202e here", "a mark"),
        ("{{f1}} ３ of these", "a number"),
        ("{{f1}} two of these", "a number"),
        ("{{f1}} because of that", "a cause"),
        ("{{f1}} more", "a direction"),
        ("{{f1}} is here", "a word that may claim something"),
        ("{{f1}}" + " and" * 100, "too long"),
        ("{{f1}}. See. Look. Note. Here.", "too many sentences"),
    ],
)
def test_a_breach_is_named_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(Breach, match=f"^{rule}$"):
        gated(text, KNOWN)


def test_what_passes_has_its_slots_filled_and_its_spaces_made_one() -> None:
    text = "Beside {{f1}},\n  for   context: {{f2}}."

    assert gated(text, KNOWN) == "Beside tokens: 5, for context: cost: 7."


def test_a_name_is_one_also_where_each_of_its_words_is_plain() -> None:
    text = "{{f1}} beside the picture"

    assert gated(text, KNOWN, [("the", "detail")]) == "tokens: 5 beside the picture"
    with pytest.raises(Breach, match="a name"):
        gated(text, KNOWN, [("the", "picture")])


def test_a_slot_written_in_wide_letters_is_the_slot_and_a_number_in_them_a_number() -> None:
    assert gated("\uff5b\uff5bf1\uff5d\uff5d", KNOWN) == "tokens: 5"
    with pytest.raises(Breach):
        gated("{{f1}} \uff17", KNOWN)


@pytest.mark.parametrize("word", ["up", "more", "because", "two", "half", "not", "is", "never"])
def test_no_word_that_claims_something_is_among_the_allowed(word: str) -> None:
    assert word not in ALLOWED
