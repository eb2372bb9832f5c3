"""What is said where the network refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.reader.refusals import recorded, refusal
from bot.questions.reader.schema import REFUSALS, TOPICS
from tests.bot.questions.finders.bureau import world


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("status", REFUSALS)
def test_every_topic_has_one_clear_sentence_whatever_the_status(topic: str, status: str) -> None:
    said = refusal(topic, status)

    assert said
    assert said[-1] in ".?"
    assert said[0].isupper()


def test_where_the_topic_says_nothing_the_status_does() -> None:
    assert len({refusal("none", status) for status in REFUSALS}) == len(REFUSALS)
    assert refusal("hour", "unsupported") == refusal("hour", "clarify")


def test_the_days_that_are_recorded_are_said_where_there_are_any() -> None:
    directory = world().directory

    assert recorded(directory) == " Usage is recorded from 2026-02-02 to 2026-11-18."
    assert recorded(replace(directory, usage=None)) == ""
