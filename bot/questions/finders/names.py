"""Every name of a workspace by the words people may write for it: whole names, aliases, parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bot.questions.finders.folding import Words, fold
from bot.questions.finders.name import Fit, Name, runs
from bot.questions.finders.people import PeopleNames
from bot.questions.finders.spelling import plural
from storage.names import Directory

__all__ = ["Fit", "Gazetteer", "Name", "fold", "gazetteer"]

_KEY = "names of the finders"
_PARTED = ("workflow", "title", "team", "tool", "model", "provider", "location")
_REMEMBERED = 2_000  # phrases that were looked for

LONG, FEWEST = 7, 4  # letters of a word that people shorten, and of what they leave of it
ABBREVIATED = {
    "mgmt": "management",
    "dev": "development",
    "eng": "engineering",
    "ops": "operations",
    "mktg": "marketing",
}


@dataclass(frozen=True)
class Gazetteer:
    """The names by their folded words: those of people are worked out for the words that are asked."""

    phrases: dict[Words, tuple[Name, ...]]
    people: PeopleNames
    longest: int
    words: frozenset[str]
    by_dimension: dict[str, tuple[Name, ...]]
    _found: dict[Words, tuple[Name, ...]] = field(default_factory=dict)

    def find(self, words: Words) -> tuple[Name, ...]:
        """All names that these words may mean, the best fit first."""
        if words not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            people = self.people.find(words)
            others = self.phrases.get(words, ())
            self._found[words] = _best_first([*others, *people]) if people else others
        return self._found[words]

    def of(self, dimension: str) -> tuple[Name, ...]:
        """The whole names of a dimension."""
        return self.people.whole if dimension == "person" else self.by_dimension.get(dimension, ())

    def said_in(self, words: Words) -> Iterator[Words]:
        """The runs of these words that are names."""
        for start in range(len(words)):
            for end in range(start + 1, min(start + self.longest, len(words)) + 1):
                if self.find(words[start:end]):
                    yield words[start:end]


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
    people = PeopleNames(directory.people)
    return Gazetteer(
        phrases=found,
        people=people,
        longest=max([*map(len, found), people.longest]),
        words=frozenset(word for words in found for word in words).union(people.words),
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
    for run in runs(words):
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
