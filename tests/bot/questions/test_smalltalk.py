"""Politeness gets a line; whatever holds a question is none of it."""

from __future__ import annotations

import pytest

from bot.questions.smalltalk import small_talk
from storage.catalogue import METRICS


@pytest.mark.parametrize("text", ["hi", "Hello there!", "good morning, team", "thanks", "Many thanks!", "ok", "great"])
def test_a_greeting_or_thanks_gets_one_short_line(text: str) -> None:
    answer = small_talk(text)

    assert answer is not None
    assert len(answer.text) < 120
    assert sum(metric.label in answer.text for metric in METRICS.values()) < 5


def test_a_greeting_has_questions_to_press() -> None:
    answer = small_talk("hi")

    assert answer is not None
    assert len(answer.options) == 3


@pytest.mark.parametrize("text", ["hi, tokens last month?", "thanks, looks fine to me, lunch?", "ok and cost?", ""])
def test_anything_else_is_left_to_the_reader(text: str) -> None:
    assert small_talk(text) is None
