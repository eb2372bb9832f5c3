"""Every name of a workspace by the words people may write for it: whole names, aliases, parts."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.questions.finders.spelling import plural
from storage.names import Directory, PersonName
from storage.roster_records import Kind

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+|\d+")
_KEY = "names of the finders"
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "'": "", "’": ""})
_PARTED = ("workflow", "title", "team", "tool", "model", "provider", "location")

LONG, FEWEST = 7, 4  # letters of a word that people shorten, and of what they leave of it
ABBREVIATED = {
    "mgmt": "management",
    "dev": "development",
    "eng": "engineering",
    "ops": "operations",
    "mktg": "marketing",
}


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

    def find(self, words: Words) -> tuple[Name, ...]:
        """All names that these words may mean, the best fit first."""
        return self.phrases.get(words, ())


@lru_cache(maxsize=8192)
def fold(text: str) -> Words:
    """The words of a name without case, accents, apostrophes and joints: "Claude_Code" and "claude code" are one."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower().replace("'", "")))
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return tuple(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))


def gazetteer(directory: Directory) -> Gazetteer:
    """The gazetteer of a directory, built again only where a name has changed."""
    known = directory.of_names.get(_KEY)
    if not isinstance(known, Gazetteer):
        known = directory.of_names[_KEY] = _build(directory)
    return known


def _build(directory: Directory) -> Gazetteer:
    phrases: dict[Words, dict[tuple[str, str], Name]] = defaultdict(dict)
    by_dimension: dict[str, dict[Name, None]] = defaultdict(dict)
    for name, words in _all(directory):
        key = (name.dimension, name.value)
        if words and (key not in phrases[words] or phrases[words][key].fit > name.fit):
            phrases[words][key] = name
        if name.fit is Fit.WHOLE:
            by_dimension[name.dimension][name] = None
    found = {words: _best_first(names.values()) for words, names in phrases.items() if names}
    return Gazetteer(
        phrases=found,
        longest=max(map(len, found), default=0),
        words=frozenset(word for words in found for word in words),
        by_dimension={dimension: tuple(names) for dimension, names in by_dimension.items()},
    )


def _best_first(names: Collection[Name]) -> tuple[Name, ...]:
    if len(names) == 1:
        return tuple(names)
    return tuple(sorted(names, key=lambda name: (name.fit, name.dimension, name.value)))


def _all(directory: Directory) -> Iterator[tuple[Name, Words]]:
    for team in directory.teams:
        yield from _spellings("team", team.name)
        for alias in team.aliases:
            yield Name("team", team.name, team.name, Fit.ALIAS), fold(alias)
    for dimension in ("tool", "provider", "model", "title", "location", "activity"):
        for value in directory.values.get(dimension, ()):
            yield from _spellings(dimension, value)
    for workflow in directory.workflows:
        yield from _spellings("workflow", workflow.name)
    for kind, value, alias in directory.aliases:
        if kind in ("tool", "provider", "model", "workflow"):
            yield Name(kind, value, value, Fit.ALIAS), fold(alias)
    for person in directory.people:
        yield from _person(person)


def _person(person: PersonName) -> Iterator[tuple[Name, Words]]:
    label = person.name or person.email
    whole = Name("person", person.email, label)
    part = Name("person", person.email, label, Fit.PART)
    yield whole, fold(person.name)
    yield whole, fold(person.email)
    local = fold(person.email.partition("@")[0])
    if len(local) > 1:
        yield part, local
    names = fold(person.name)
    if person.kind == Kind.AGENT:
        yield from ((part, words) for words in _runs(names) if len(words) > 1 or words[0] not in ("bot", "agent"))
        return
    if len(names) > 1:
        yield part, names[::-1]
    for word in person.name.replace("-", " ").split():
        words = fold(word)
        if len("".join(words)) > 1:
            yield part, words
    if len(names) > 2:
        yield part, (names[0], names[-1])


def _spellings(dimension: str, value: str) -> Iterator[tuple[Name, Words]]:
    words = fold(value)
    alias, part = Name(dimension, value, value, Fit.ALIAS), Name(dimension, value, value, Fit.PART)
    yield Name(dimension, value, value), words
    if len(words) > 1:
        yield alias, ("".join(words),)
    if dimension in ("workflow", "title", "activity"):
        yield alias, _plural(words)
    if dimension not in _PARTED:
        return
    plain = tuple(word for word in words if not word.isdigit())
    if 1 < len(plain) < len(words):
        yield part, plain
    if dimension in ("workflow", "title", "team") and len(words) > 1:
        yield from ((alias, (*words[:-1], short)) for short in _shortened(words[-1]))
    for run in _runs(words):
        yield part, run
        if dimension in ("workflow", "title"):
            yield part, _plural(run)


def _shortened(word: str) -> Iterator[str]:
    """ "prep" for "preparation", "mgmt" for "management"."""
    if len(word) >= LONG:
        yield from (word[:length] for length in range(FEWEST, len(word) - 1))
    yield from (short for short, whole in ABBREVIATED.items() if whole == word)


def _plural(words: Words) -> Words:
    return (*words[:-1], plural(words[-1])) if words else words


def _runs(words: Words) -> Iterable[Words]:
    """Runs of words shorter than the name: none of numbers or of two letters alone."""
    for length in range(1, len(words)):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if any(len(word) > 2 and not word.isdigit() for word in run):
                yield run
