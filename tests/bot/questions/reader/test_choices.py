"""From the network's numbers to choices."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.questions.finders.marks import Mention
from bot.questions.reader.choices import Choices, Role, choices, softmax
from bot.questions.reader.schema import COLUMNS, KEEP, SLICES, TAGS, WIDTH, offset

SPEC = {"status": ("figures", "unsupported"), "metric": ("cost", "tokens", KEEP)}
TEAM = Mention("team", (), ("Web",))
NUMBER = Mention("number", ("few",), (5.0,))


def word(**said: str) -> list[float]:
    """The outputs at a word that says this of each slice, for sure."""
    out = [0.0] * WIDTH
    for name, value in said.items():
        out[offset(name) + SLICES[name].index(value)] = 20.0
    return out


def logits(*values: float) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def chosen(parts: list[str | Mention], words: list[list[float]], *heads: float) -> Choices:
    places = [*range(len(parts))]
    return choices(
        parts, places, SPEC, logits(*(heads or (9.0, 0.0, 0.0, 9.0, 0.0))), np.array(words, dtype=np.float32)
    )


def test_probabilities_add_up_and_a_higher_temperature_is_less_sure() -> None:
    sharp, flat = softmax(logits(2, 0, 0)), softmax(logits(2, 0, 0), temperature=4)

    assert float(sharp.sum()) == pytest.approx(1)
    assert float(sharp[0]) > float(flat[0]) > 1 / 3


def test_each_head_says_its_likeliest_class_and_keeps_nothing_without_a_query_before() -> None:
    assert chosen(["tokens"], [word()]).heads == {"status": "figures", "metric": "tokens"}
    assert chosen(["tokens"], [word()], 9, 0, 1, 0, 99).heads["metric"] == "cost"


def test_each_mention_has_its_role_and_a_threshold_its_column() -> None:
    found = chosen([TEAM, NUMBER], [word(name="not_in"), word(number="gt", column="change")])

    assert [(role.name, role.column) for role in found.roles] == [("not_in", "value"), ("gt", "change")]
    assert all(role.sure > 0.99 for role in found.roles)
    assert "change" in COLUMNS


def test_words_are_told_apart_by_their_tag() -> None:
    found = chosen(["at", "night", ",", "hi"], [word(tag="condition")] * 2 + [word(tag="condition"), word(tag="aside")])

    assert (found.conditions, found.asides) == (frozenset({0, 1}), frozenset({3}))
    assert found.condition > 0.99


def test_what_was_cut_off_is_ignored_and_the_choice_is_incomplete() -> None:
    found = choices(["tokens", TEAM], [0, -1], SPEC, logits(9, 0, 0, 9, 0), np.array([word()], dtype=np.float32))

    assert not found.complete
    assert [role.name for role in found.roles] == ["ignore"]


def test_a_reading_is_as_sure_as_all_its_choices_together() -> None:
    heads = {"status": "figures", "metric": "cost", "topic": "none", "zero": "none", "share": "no"}
    sure = {"status": 0.9, "metric": 0.5, "topic": 0.1, "zero_column": 0.1, "zero": 1.0, "share": 1.0, "part": 0.1}
    found = Choices(heads, sure, [Role("in", 0.8)], condition=0.5)

    assert found.confidence == pytest.approx(0.9 * 0.5 * 0.8 * 0.5)


def test_a_refusal_is_as_sure_as_its_status() -> None:
    found = Choices({"status": "unsupported", "metric": "cost"}, {"status": 0.7, "metric": 0.1}, condition=0.9)

    assert found.refused
    assert found.confidence == 0.7
    assert TAGS[0] == "question"
