"""Whether a message asks since or until when people use AI: cohorts, weeks since the last use, first use of seats."""

from __future__ import annotations

import re
from datetime import date

from bot.questions.periods.labels import MONTH_NAMES
from bot.questions.reading import Intent, Read, Reading, Understood, World
from storage.query import Filter, Query
from storage.records import Period

_I = re.IGNORECASE
_WHO = r"(?:people|users?|employees|members|adopters|persons?|everyone|everybody|staff|we|folks)"
_RULES = (
    (
        Intent.SEAT_START,
        re.compile(
            r"\b(?:time|days?|long|quickly|soon|delay)\b.{0,40}\b(?:seats?|licen[cs]es?|assign\w*|invit\w*)\b.{0,40}\bfirst\s+(?:use|using|usage|"
            r"active\s+day)|\b(?:time|days)\s+to\s+first\s+use\b|\bseat\s+to\s+first\s+use\b"
            r"|\bhow\s+(?:long|quickly|soon|many\s+days)\b.*\b(?:after|until|from|before)\b.*\b(?:seats?|licen[cs]es?)\b.*\buse"
            r"|\bhow\s+(?:long|quickly|soon)\b.*\b(?:start|begin)\s+(?:to\s+use|using)\b.*\b(?:seats?|licen[cs]es?)\b",
            _I,
        ),
    ),
    (
        Intent.LAST_USE,
        re.compile(
            r"\b(?:weeks?|time|long|days?)\s+since\s+(?:(?:the|their|its|they|people|everyone)\s+)*(?:last|latest|most\s+recent)?\s*"
            r"(?:us(?:e|ed|age)|active|activity)\b|\b(?:last|latest)\s+us(?:e|age)\b.*\b(?:by\s+week|distribution|weeks?\s+ago)\b"
            r"|\bby\s+(?:weeks?\s+since\s+)?last\s+us(?:e|age)\b|\b(?:how\s+(?:long|many\s+weeks)\s+ago|when)\s+did\s+(?:people|everyone|users|we)\s+last\s+use\b",
            _I,
        ),
    ),
    (
        Intent.COHORTS,
        re.compile(
            rf"\bcohorts?\b|\b{_WHO}\s+by\s+(?:the\s+)?(?:month|date|time)\s+(?:of|in\s+which|when)\s+(?:(?:their|the|they)\s+)?(?:first|"
            r"start\w*|began|adopt\w*)|\bby\s+(?:first|starting|start|joining|adoption)\s+month\b|\bby\s+month\s+of\s+(?:their\s+)?first\s+use"
            r"|\bretention\b(?!\s+(?:days|policy|period|setting))"
            r"|\bof\s+(?:those|the\s+people|people|everyone|users)\s+who\s+(?:started|began|first\s+used|adopted)\b.*\bstill\s+(?:active|us)",
            _I,
        ),
    ),
)
_ASIDE = re.compile(
    r"\b(?:how|many|much|what|is|are|was|were|the|a|an|our|of|show|me|give|list|by|month|monthly|first|use[ds]?|usage|cohorts?|"
    r"retention|ago|did|when|new|last|begin|using|retention|people|users?|members|adopters|employees|still|active|weeks?|since|their|last|latest|distribution|time|from|to|seats?|"
    r"licen[cs]es?|getting|gets?|got|having|median|average|typical|it|takes?|does|did|do|long|days?|until|after|assigned|assignment|assigning|"
    r"someone|somebody|person|each|per|and|rate|in|tables?|charts?|with|who|they|started|start|began|those|starting|adoption|ai)\b",
    _I,
)
_MONTHS = "|".join(f"{name}|{name[:3]}" for name in MONTH_NAMES)
_STARTED = re.compile(rf"\b(?:in|from|of|since)\s+(?P<month>{_MONTHS})\b(?:\s+(?P<year>20\d\d))?", _I)
_SOFT = re.compile(r"[^\w&.'\- ]+")


def looked_at_people(said: str, world: World, read: Read) -> tuple[Reading, ...]:
    """The reading of such a message; empty for any other."""
    intent = next((intent for intent, rule in _RULES if rule.search(said)), None)
    if intent is None:
        return ()
    month, said = _month(said, world.as_of) if intent is Intent.COHORTS else ("", said)
    rest = " ".join(_SOFT.sub(" ", _ASIDE.sub(" ", said)).split())
    by_tool = intent is Intent.SEAT_START and bool(re.search(r"\bby\s+tool\b", said, _I))
    rest = re.sub(r"\btool\b", "", rest).strip() if by_tool else rest
    if not rest:
        filters: tuple[Filter, ...] = ()
    else:
        readings = read(f"active people of {rest} last month", world, None)
        reading = readings[0] if len(readings) == 1 else None
        if not isinstance(reading, Understood) or reading.query.group_by or reading.query.grain:
            return ()
        filters = reading.query.filters
    today = Period(world.as_of, world.as_of)
    figure = "seats" if intent is Intent.SEAT_START else "active_people"
    query = Query(metrics=(figure,), period=today, filters=filters, group_by=("tool",) if by_tool else ())
    return (Understood(query=query, intent=intent, about=month, steps=("people one by one, told in groups",)),)


def _month(said: str, as_of: date) -> tuple[str, str]:
    """The first day of the month that is named with "started in", and the text without it; "" where none is."""
    found = _STARTED.search(said)
    if found is None:
        return "", said
    number = next(
        at for at, name in enumerate(MONTH_NAMES, start=1) if name[:3].casefold() == found["month"][:3].casefold()
    )
    year = int(found["year"]) if found["year"] else as_of.year - (number > as_of.month)
    return date(year, number, 1).isoformat(), f"{said[: found.start()]} {said[found.end() :]}"
