"""The phrases of each metric and dimension, and where one stands in a message."""

from __future__ import annotations

import re
from functools import cache

from bot.questions.finders.marks import Mention
from bot.questions.lexicon.tables import entries
from storage.catalogue import METRICS

Words = tuple[str, ...]
LONGEST = 6
_WORD = re.compile(r"[^\W\d_]+|\d+|%")


def folded(text: str) -> Words:
    """A phrase's words without joints."""
    return tuple(_WORD.findall(text.casefold().replace("'", "").replace("’", "")))


@cache
def phrases_of(file: str) -> dict[str, tuple[Words, ...]]:
    """The phrases by name, of "metrics" or "dimensions"."""
    return {
        entry.name: tuple(tuple(phrase.split()) for phrase in entry.words if "*" not in phrase)
        for entry in entries(file)
    }


@cache
def _metrics() -> dict[Words, str]:
    return {folded(" ".join(words)): name for name, found in phrases_of("metrics").items() for words in found}


def metric_at(parts: list[str | Mention], at: int) -> tuple[int, str] | None:
    """The metric whose longest phrase begins here, and where it ends."""
    table = _metrics()
    for end in range(min(len(parts), at + LONGEST), at, -1):
        window = parts[at:end]
        if any(isinstance(part, Mention) for part in window):
            continue
        key = tuple(word for part in window for word in folded(str(part)))
        if key and key in table:
            return end, table[key]
    return None


@cache
def alike(name: str) -> tuple[str, ...]:
    """Metrics with words of their own that may stand wherever this one does."""
    return tuple(other for other in phrases_of("metrics") if _class(other) == _class(name))


def _class(name: str) -> object:
    metric = METRICS[name]
    return (metric.additive, frozenset(metric.bases), metric.unit.value in ("people", "fraction"))
