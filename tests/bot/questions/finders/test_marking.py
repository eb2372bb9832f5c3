"""A message as words and mentions: slips, numbers, clock times, periods, and no message that takes long."""

from __future__ import annotations

import time

import pytest

from bot.questions.finders.marking import mark
from tests.bot.questions.finders.bureau import world


def test_slips_in_names_times_and_figures_are_mended_and_said() -> None:
    marked = mark("tokns of grwth in octber", world())
    assert [mention.values[0] for mention in marked.mentions if mention.kind == "team"] == ["Growth"]
    assert marked.parts[0] == "tokens"
    assert marked.echoes == ["read “tokns” as “tokens”", "read “grwth” as “growth”", "read “octber” as “october”"]


def test_every_part_stands_beside_what_was_written() -> None:
    marked = mark("Cost of Web, please", world())
    assert [raw for _, raw in marked.here] == ["Cost", "of", "Web", ",", "please"]


@pytest.mark.parametrize(
    "text", ["tokens, " * 400, "a," * 3000, "May " * 200, "Zork " * 150, "the last " * 100, "1.1" * 700]
)
def test_no_message_takes_long(text: str) -> None:
    mark("tokens", world())
    started = time.process_time()
    mark(text, world())
    assert time.process_time() - started < 0.5


def test_a_shortened_word_ends_no_sentence() -> None:
    assert mark("cost excl. Web", world()).parts[:2] == ["cost", "excluding"]
    assert [raw for _, raw in mark("cost. Web", world()).here] == ["cost", ".", "Web"]
