"""Reads the lexicon's files, each when it is first needed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = ("metrics", "dimensions", "values", "comparisons", "conditions", "plain", "occasions")
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a set of phrases stands for; `text` and `nearest` are of conditions and languages."""

    name: str
    words: tuple[str, ...]
    example: str
    text: str = ""
    nearest: str = ""


@cache
def read(file: str) -> Mapping[str, Any]:
    """A file of the lexicon as it stands."""
    return tomllib.loads((HERE / f"{file}.toml").read_text("utf-8"))


@cache
def entries(file: str) -> tuple[Entry, ...]:
    """The entries of a file."""
    return tuple(
        Entry(
            name=entry["name"],
            words=tuple(" ".join(phrase.split()) for phrase in entry["words"].split("|")),
            example=entry["example"],
            text=entry.get("text", ""),
            nearest=entry.get("nearest", ""),
        )
        for entry in read(file)["entry"]
    )


@cache
def entry(file: str, name: str) -> Entry:
    """One entry by its name."""
    return next(entry for entry in entries(file) if entry.name == name)


class Phrases:
    """Finds phrases in a list of words, the longest first, each word looked up once."""

    def __init__(self, held: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[Words, str]]] = {}
        for phrase, meaning in held.items():
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0].rstrip("*")[:3], []).append((words, meaning))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def at(self, words: list[str], index: int) -> tuple[str, int] | None:
        """What the longest phrase at a place means, and where it ends."""
        for phrase, meaning in self._by_first.get(words[index][:3], ()):
            end = index + len(phrase)
            if end <= len(words) and all(map(_fits, phrase, words[index:end])):
                return meaning, end
        return None

    def all(self, words: list[str]) -> Iterator[tuple[str, int, int]]:
        """Each phrase with its meaning and its place, left to right."""
        index = 0
        while index < len(words):
            found = self.at(words, index)
            if found:
                yield found[0], index, found[1]
            index = found[1] if found else index + 1


def _fits(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@cache
def phrases(file: str) -> Phrases:
    """The phrases of a file by the names of their entries."""
    return Phrases({phrase: entry.name for entry in entries(file) for phrase in entry.words})
