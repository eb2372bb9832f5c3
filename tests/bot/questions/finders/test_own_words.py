"""Aliases of metrics, as a workspace taught them, are words of the lexicon to all that reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.finders.own_words import in_lexicon_words
from tests.bot.questions.finders.bureau import world

ALIASES = (("metric", "cost", "kilo-burn"), ("metric", "tokens_per_employee", "AI heat"), ("metric", "nonsense", "xyz"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Kilo burn of Web in October", "cost of Web in October"),
        ("kilo-burn by tool", "cost by tool"),
        ("what was our ai heat?", "what was our tokens per employee?"),
        ("skilo-burns", "skilo-burns"),
        ("xyz of Web", "xyz of Web"),
    ],
)
def test_an_alias_is_read_as_the_metric(text: str, read: str) -> None:
    directory = replace(world().directory, aliases=ALIASES, cache={})
    assert in_lexicon_words(text, directory) == read


def test_without_aliases_nothing_changes() -> None:
    assert in_lexicon_words("cost of Web", world().directory) == "cost of Web"
