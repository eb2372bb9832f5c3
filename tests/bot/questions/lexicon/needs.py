"""Looks up which words a text must hold for a pattern to fit it: `python -m tests.bot.questions.lexicon.needs`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

from bot.questions import periods, plans, presentation, rewording, scorecard, unsaid
from bot.questions.lexicon.patterns import NEEDS, LatePattern, key_of
from bot.questions.lexicon.rewordings import patterns as reworded
from tests.bot.questions.patterns import modules

MOST_GROUPS, MOST_WORDS = 2, 24
Group = frozenset[str]


def late_patterns() -> list[LatePattern]:
    """All of the program, by their text."""
    held = [late for module in _modules() for value in vars(module).values() for late in _late_in(value)]
    held += [pattern for kind in ("entry", "saying") for pattern, _ in reworded(kind)]
    return sorted({late.pattern: late for late in held}.values(), key=lambda late: late.pattern)


def _modules() -> Iterator[ModuleType]:
    yield from (presentation, rewording, scorecard, unsaid)
    for package in (periods, plans):
        yield from modules(package)


def _late_in(value: object) -> Iterator[LatePattern]:
    if isinstance(value, LatePattern):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _late_in(part)


def needs_of(pattern: str, flags: int) -> list[list[str]]:
    """The groups of words of which a text holds one each, in lower case, wherever the pattern fits; the best few."""
    groups = sorted({group for group in _groups(parser.parse(pattern, flags)) if len(group) <= MOST_WORDS}, key=_worth)
    return [sorted(group) for group in groups[-MOST_GROUPS:]]


def _worth(group: Group) -> tuple[int, int, list[str]]:
    return min(map(len, group)), -len(group), sorted(group)


def _groups(parts: Any) -> Iterator[Group]:
    """What each part of a sequence needs: the words that stand there, or one word of each alternative."""
    word = ""
    for kind, value in parts:
        if kind is op.LITERAL and value < 128:
            word += chr(value).lower()
            continue
        yield from _word(word)
        word = ""
        if kind is op.SUBPATTERN:
            yield from _groups(value[-1])
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
            yield from _groups(value[2])
        elif kind is op.BRANCH:
            ways = [max(_groups(way), key=_worth, default=frozenset[str]()) for way in value[1]]
            if all(ways):
                yield _without_longer(frozenset[str]().union(*ways))
    yield from _word(word)


def _word(word: str) -> Iterator[Group]:
    if len(word.strip()) > 1:
        yield frozenset({word})


def _without_longer(words: Group) -> Group:
    """Without those that hold another one."""
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


if __name__ == "__main__":
    known = {key_of(late.pattern): needs for late in late_patterns() if (needs := needs_of(late.pattern, late.flags))}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(known[key])}" for key in sorted(known))
    NEEDS.write_text(f"{{\n{lines}\n}}\n", "ascii")
