"""Every name of a workspace by the words people may write for it: whole names, aliases, clear parts."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from bot.questions.grammar.lexicon import GRAMMAR_WORDS
from bot.questions.grammar.spelling import plural
from bot.questions.grammar.vocabulary import FREQUENT, HARMLESS
from storage.names import Directory
from storage.records import Kind

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+|\d+")
_KEY = "names of the grammar"


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


@dataclass(frozen=True)
class Gazetteer:
    """The names by their folded words."""

    phrases: dict[Words, tuple[Name, ...]]
    longest: int
    words: frozenset[str]
    by_dimension: dict[str, tuple[Name, ...]]
    known: frozenset[str] = field(default=frozenset())
    modes: frozenset[str] = field(default=frozenset())

    def find(self, words: Words) -> tuple[Name, ...]:
        """All names that these words may mean, the best fit first."""
        return self.phrases.get(words, ())


@lru_cache(maxsize=8192)
def fold(text: str) -> Words:
    """The words of a name without case, accents, apostrophes and joints: "Claude_Code" and "claude code" are one."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("ø", "o").replace("ł", "l")
    return tuple(_WORD.findall(plain))


def gazetteer(directory: Directory) -> Gazetteer:
    """The gazetteer of a directory, built once for each of its revisions."""
    known = directory.cache.get(_KEY)
    if not isinstance(known, Gazetteer):
        known = directory.cache[_KEY] = _build(directory)
    return known


def _build(directory: Directory) -> Gazetteer:
    phrases: dict[Words, dict[tuple[str, str], Name]] = defaultdict(dict)
    by_dimension: dict[str, list[Name]] = defaultdict(list)
    for name, words in _all(directory):
        if not words:
            continue
        key = (name.dimension, name.value)
        if key not in phrases[words] or phrases[words][key].fit > name.fit:
            phrases[words][key] = name
        if name.fit is Fit.WHOLE:
            by_dimension[name.dimension].append(name)
    found = {
        words: tuple(sorted(names.values(), key=lambda one: (one.fit, one.dimension, one.value)))
        for words, names in phrases.items()
    }
    return Gazetteer(
        phrases=found,
        longest=max((len(words) for words in found), default=0),
        words=frozenset(word for words in found for word in words),
        by_dimension={dimension: tuple(names) for dimension, names in by_dimension.items()},
        modes=frozenset(directory.values.get("mode", ())),
    )


def _all(directory: Directory) -> Iterator[tuple[Name, Words]]:
    for team in directory.teams:
        yield from _spellings("team", team.name, team.name)
        for alias in team.aliases:
            yield Name("team", team.name, team.name, Fit.ALIAS), fold(alias)
    for dimension in ("tool", "provider", "model", "title", "location", "activity"):
        for value in directory.values.get(dimension, ()):
            yield from _spellings(dimension, value, value)
    for workflow in directory.workflows:
        yield from _spellings("workflow", workflow.name, workflow.name)
    for kind, value, alias in directory.aliases:
        if kind in ("tool", "provider", "model", "workflow"):
            yield Name(kind, value, value, Fit.ALIAS), fold(alias)
    yield from _people(directory)


def _people(directory: Directory) -> Iterator[tuple[Name, Words]]:
    for person in directory.people:
        label = person.name or person.email
        whole = Name("person", person.email, label)
        yield whole, fold(person.name)
        yield whole, fold(person.email)
        part = Name("person", person.email, label, Fit.PART)
        for words in (fold(person.email.partition("@")[0]), fold(label)[::-1] if person.kind != Kind.AGENT else ()):
            if len(words) > 1:
                yield part, words
        if person.kind == Kind.AGENT:
            yield from ((part, words) for words in _parts(fold(person.name)))
            continue
        for word in person.name.replace("-", " ").split():
            words = fold(word)
            if len("".join(words)) > 1:
                yield part, words
        names = fold(person.name)
        if len(names) > 2:
            yield part, (names[0], names[-1])


def _spellings(dimension: str, value: str, label: str) -> Iterator[tuple[Name, Words]]:
    words = fold(value)
    yield Name(dimension, value, label), words
    if len(words) > 1:
        yield Name(dimension, value, label, Fit.ALIAS), ("".join(words),)
    if dimension in ("workflow", "title", "activity"):
        yield Name(dimension, value, label, Fit.ALIAS), _plural(words)
    plain = tuple(word for word in words if not word.isdigit())
    if 1 < len(plain) < len(words):
        yield Name(dimension, value, label, Fit.PART), plain
    if dimension == "workflow" and len(words) > 1:  # "the invoice workflow": a word of the language before its kind
        for word in words:
            if word in GRAMMAR_WORDS and len(word) > 3:
                yield Name(dimension, value, label, Fit.PART), (word,)
    for part in _parts(words):
        yield Name(dimension, value, label, Fit.PART), part
        if dimension in ("workflow", "title"):
            yield Name(dimension, value, label, Fit.PART), _plural(part)


def _plural(words: Words) -> Words:
    return (*words[:-1], plural(words[-1])) if words else words


def _parts(words: Words) -> Iterable[Words]:
    """Runs of words shorter than the name that are clear: not a lone word of the grammar, a number or two letters."""
    for length in range(1, len(words)):
        for start in range(len(words) - length + 1):
            part = words[start : start + length]
            if _clear(part):
                yield part


def _clear(part: Words) -> bool:
    letters = [word for word in part if len(word) > 2 and not word.isdigit() and word not in _GENERAL]
    return bool(letters)


# Words of the language of which no name is made clear; a rarer harmless one ("learning") may be what is meant.
_GENERAL = GRAMMAR_WORDS - (HARMLESS - FREQUENT)
