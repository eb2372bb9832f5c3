"""A name as a question may write it: what it means, and how well it fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.questions.finders.folding import Words

_JOINING = frozenset(("of", "and", "the"))


class Fit(IntEnum):
    """How well words fit a name; the best fit wins."""

    WHOLE = 0
    ALIAS = 1
    PART = 2


@dataclass(frozen=True, slots=True)
class Name:
    """One value of a dimension as a question may name it; `value` is what the query holds, `label` what people read."""

    dimension: str
    value: str
    label: str
    fit: Fit = Fit.WHOLE


def runs(words: Words) -> Iterable[Words]:
    """Runs of words shorter than the name: none of numbers or of two letters alone, none that "of" begins or ends."""
    for length in range(1, len(words)):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if not {run[0], run[-1]} & _JOINING and any(len(word) > 2 and not word.isdigit() for word in run):
                yield run
