"""The words of `rewordings.toml` as patterns: each entry beside what finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bot.questions.lexicon.tables import read

Entry = tuple[re.Pattern[str], Mapping[str, Any]]
_I = re.IGNORECASE


@cache
def patterns(of: str = "entry") -> tuple[Entry, ...]:
    """The entries of a kind with their patterns, whole words alone."""
    held = read("rewordings")
    sets = {name: words.replace("{people}", held["sets"]["people"]) for name, words in held["sets"].items()}
    return tuple((re.compile(rf"(?<!\w)(?:{_filled(one['pattern'], sets)})(?!\w)", _I), one) for one in held[of])


def sayings() -> tuple[Entry, ...]:
    """What is said in another way, and how it is said plainly."""
    return patterns("saying")


def _filled(pattern: str, sets: Mapping[str, str]) -> str:
    for name, words in sets.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern


def alone(entry: Mapping[str, Any]) -> re.Pattern[str]:
    """What an entry may not be read beside."""
    return re.compile(rf"(?<!\w)(?:{entry['alone']})(?!\w)", _I)


def figures() -> Iterator[Entry]:
    """Those that are read as a plainer figure."""
    return ((pattern, entry) for pattern, entry in patterns() if "weekdays" not in entry)


def weekday_patterns() -> Iterator[re.Pattern[str]]:
    """Those that pick weekdays."""
    return (pattern for pattern, entry in patterns() if "weekdays" in entry)


def dimensions() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Dimensions that another one stands in for, by name."""
    return ((one["name"], one) for one in read("rewordings")["dimension"])
