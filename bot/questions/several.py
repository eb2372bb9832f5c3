"""Several figures in one question: "tokens, cost and requests by team in October"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.questions.finders.told import spoken
from bot.questions.lexicon.tables import phrases
from bot.questions.reading import Intent, Read, Reading, Unclear, Understood, World
from storage.answer.validate import MOST_METRICS, checked
from storage.errors import InvalidQuery

_ASKED = r"(?:(?:please|show|give|tell|list|me|us|what|is|are|was|were|the|our|i|need|want|get)\s+)*"
_JOINED = re.compile(r"\s*,\s*(?:and\s|&)?\s*|\s*&\s*|\s+(?:and|plus)\s+", re.I)
_PARTS = r"(?P<parts>[A-Za-z][A-Za-z ,&/-]{4,160}?)"
_LISTED = (  # "per" last: it may be a part of a figure's name
    re.compile(rf"^{_ASKED}{_PARTS}(?P<rest>\s+(?:by|of|for|in|last|this|since)\b.*)?$", re.I),
    re.compile(rf"^(?P<rest>[^:]{{2,60}}):\s*{_PARTS}(?P<more>\s+by\b.*)?$", re.I),
    re.compile(rf"^{_ASKED}{_PARTS}(?P<rest>\s+per\b.*)?$", re.I),
    re.compile(rf"^(?P<rest>[^:]{{2,60}}):\s*{_PARTS}(?P<more>\s+per\b.*)?$", re.I),
)
TWO = 2  # so many are read as they are


def with_several_figures(read: Read) -> Read:
    """The same reading; more than two figures, and two that were asked back, are read as a list over one question."""

    def reading(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        named = figures_in(text.strip(" ?!."))
        if named is None:
            return read(text, world, before)
        metrics, rest = named
        if len(metrics) == TWO:
            found = read(text, world, before)
            if len(found) != 1 or not isinstance(found[0], Unclear):
                return found
        plain = read(f"{metrics[0][1]} {rest}".strip(), world, before)
        return _all(plain, tuple(name for name, _ in metrics)) or read(text, world, before)

    return reading


def figures_in(text: str) -> tuple[tuple[tuple[str, str], ...], str] | None:
    """The figures that are listed, each by name and as it was said, and the rest of the question; None for none."""
    for pattern in _LISTED:
        hit = pattern.match(text)
        parts = [part for part in _JOINED.split(hit["parts"]) if part] if hit else []
        found = tuple((name, part) for part in parts if (name := _figure(part)))
        if hit and len(found) == len(parts) and 1 < len({name for name, _ in found}) == len(found) <= MOST_METRICS:
            return found, f"{hit.groupdict().get('more') or ''} {hit['rest'] or ''}".strip()
    return None


def _figure(said: str) -> str:
    words = spoken(said)
    hits = [name for name, start, end in phrases("metrics").all(words) if (start, end) == (0, len(words))]
    return hits[0] if hits else ""


def _all(plain: tuple[Reading, ...], names: tuple[str, ...]) -> tuple[Reading, ...]:
    """The question for the first figure, asked for all of them; empty where it was not read, or they cannot stand
    together."""
    if len(plain) != 1 or not isinstance(plain[0], Understood) or plain[0].intent is not Intent.FIGURES:
        return ()
    query = plain[0].query.with_(metrics=names)
    try:
        checked(query)
    except InvalidQuery:
        return ()
    return (replace(plain[0], query=query),)
