"""The words of the language itself: metrics, dimensions, people, kinds, modes and ledgers, compiled into one table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.questions.grammar.patterns import FAMILIES
from bot.questions.grammar.phrases import DIMENSION_PHRASES, METRIC_PHRASES, VALUES
from bot.questions.grammar.vocabulary import HARMLESS, MEANINGFUL, SHORT
from bot.questions.grammar.wordlists import words
from bot.questions.periods.words import CALENDAR_WORDS, UNITS
from storage.catalogue import DIMENSIONS, METRICS

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+|\d+|%")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a phrase stands for; `tag` is M (metric), D (dimension), H (a word for people) or E (a value)."""

    tag: str
    name: str
    value: str = ""


# Nouns for people are a metric, a dimension or nothing at all, as the words around them say.
PEOPLE_WORDS = {
    "people": "people", "person": "people", "persons": "people", "folks": "people", "folk": "people",
    "employee": "employee", "employees": "employee", "staff": "people", "staffers": "people", "user": "user",
    "users": "user", "individual": "people", "individuals": "people", "colleague": "people", "colleagues": "people",
    "member": "people", "members": "people", "guys": "people", "heads": "head", "worker": "people",
    "workers": "people", "everyone": "everyone", "everybody": "everyone", "anyone": "anyone", "anybody": "anyone",
    "somebody": "anyone", "someone": "anyone", "teammates": "people", "coworkers": "people", "men": "people",
    "team members": "people", "members of staff": "people", "staff members": "people", "headcounts": "people",
    "workforce": "people", "personnel": "people", "consumer": "user", "consumers": "user",
}  # fmt: skip


_NEVER = frozenset(
    ("tokens in", "tokens out", "share of output", "number of people", "number of employees", "number of users")
)  # "tokens in Sales"


def fold_words(text: str) -> Words:
    """The lexicon's key of a phrase: its words without joints."""
    return tuple(_WORD.findall(text.casefold().replace("'", "").replace("’", "")))


@cache
def lexicon() -> dict[Words, Lexeme]:
    """Every phrase of the language; the more specific reading of one phrase wins."""
    found: dict[Words, Lexeme] = {}
    for dimension in DIMENSIONS.values():
        more = DIMENSION_PHRASES.get(dimension.name, ())
        for phrase in (dimension.name, dimension.label, dimension.plural, *dimension.words, *more):
            if dimension.name not in ("person", "ledger") and phrase:
                found[fold_words(phrase)] = Lexeme("D", dimension.name)
    for metric in METRICS.values():
        phrases = (metric.name, metric.label, *metric.words, *METRIC_PHRASES.get(metric.name, ()))
        for phrase in filter(None, phrases):
            if phrase in _NEVER:
                continue
            found.setdefault(fold_words(phrase), Lexeme("M", metric.name))
    for key, phrases_of in VALUES.items():
        dimension_name, _, value = key.partition("=")
        for phrase in phrases_of:
            found[fold_words(phrase)] = Lexeme("E", dimension_name, value)
    for word, family in PEOPLE_WORDS.items():
        found[fold_words(word)] = Lexeme("H", family)
    return found


@cache
def lexicon_words() -> frozenset[str]:
    """Every word of those phrases."""
    return frozenset(word for phrase in lexicon() for word in phrase)


@cache
def longest_phrase() -> int:
    """How many words the longest phrase has."""
    return max(map(len, lexicon()))


def _family_words() -> set[str]:
    out: set[str] = set()
    for family in FAMILIES.values():
        out.update(word for phrase in family.split("|") for word in fold_words(phrase))
    return out


GRAMMAR_WORDS: frozenset[str] = frozenset(
    {word for phrase in lexicon() for word in phrase}
    | _family_words()
    | HARMLESS
    | MEANINGFUL
    | {word for phrase in SHORT.values() for word in fold_words(phrase)}
    | {word for word in SHORT if word.isalpha()}
    | CALENDAR_WORDS
    | frozenset(UNITS)
    | words("chart charts graph plot end start beginning mid middle close")
)
