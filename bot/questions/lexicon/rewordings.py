"""The words of `rewordings.toml`, as patterns: sayings, figures, weekdays and dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.lexicon.tables import read

Entry = Mapping[str, Any]
Patterns = tuple[tuple[LatePattern, Entry], ...]


@cache
def patterns(of: str = "entry") -> Patterns:
    """The entries of a kind, each with its words as one pattern."""
    held = read("rewordings")
    sets = {name: words.replace("{people}", held["sets"]["people"]) for name, words in held["sets"].items()}
    return tuple((_words(_filled(entry["pattern"], sets)), entry) for entry in held[of])


def sayings() -> Patterns:
    """Questions that are read in other words."""
    return patterns("saying")


def figures() -> Iterator[tuple[LatePattern, Entry]]:
    """What is put in the place of a plainer figure."""
    return ((pattern, entry) for pattern, entry in patterns() if not {"weekdays", "without_kind"} & {*entry})


def weekday_patterns() -> Iterator[LatePattern]:
    """What keeps some days of the week."""
    return (pattern for pattern, entry in patterns() if "weekdays" in entry)


def dimensions() -> Iterator[tuple[str, Entry]]:
    """The dimensions that are read as another one, by name."""
    return ((entry["name"], entry) for entry in read("rewordings")["dimension"])


def alone_of(entry: Entry) -> LatePattern:
    """What an entry may not be read beside."""
    return _words(entry["alone"])


def _filled(pattern: str, sets: Mapping[str, str]) -> str:
    for name, words in sets.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern


def _words(pattern: str) -> LatePattern:
    return LatePattern(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
