"""What people leave unsaid: the figure of "why did Mobile jump?", the whole that a group is held against."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.labels import MONTH_NAMES
from bot.questions.reader.refusals import NO_FIGURE
from bot.questions.reading import Intent, Read, Reading, Unclear, Understood, World
from bot.questions.rewording import in_known_words
from storage.query import Op, Query

PEOPLE = ("team", "title", "location", "kind", "person")
MEANT = "No figure was named, so this is of tokens."
_I = re.IGNORECASE
# Movement and use without a figure are of tokens, as the word "usage" is; how good something is has no such default.
_MOVES = LatePattern(
    r"\b(?:why|jump(?:ed|s|ing)?|spik(?:e|ed|es|ing)|surg(?:e|ed|es|ing)|dip(?:ped|s)?|drop(?:ped|s)?|ris(?:e|es|en|ing)|rose"
    r"|f[ae]ll(?:s|en|ing)?|grow(?:s|n|ing|th)?|grew|shr[aiu]nk|increas(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|declin(?:e|ed|es|ing)"
    r"|climb(?:ed|s|ing)?|trend(?:s|ed|ing)?|develop(?:ed|s|ing)?|evolv(?:e|ed|es|ing)|moved|movement|changed?|doubled|tripled"
    r"|halved|up|down|high|low)\b",
    _I,
)
_AGAINST = (
    r",?\s*(?:\bvs\.?|\bversus|\bagainst|\brelative\s+to|\bbeside|\bcompared?\s+(?:to|with|against)"
    r"|\bin\s+comparison\s+(?:to|with))\s+"
)
_EVERYBODY = (
    r"(?:(?:the|our|a|that\s+of\s+the)\s+)?(?:(?:whole|entire|overall|rest\s+of\s+the)\s+)?"
    r"(?:(?:company|organi[sz]ation|org|firm|business)(?:'s|’s)?(?:[\s-]wide)?(?:\s+(?:average|mean|total|figure|as\s+a\s+whole|overall))?"
    r"|everyone|everybody|all\s+teams|overall\s+average|average)(?P<rest>\s+else)?(?![\w-])"
)
_WHOLE = LatePattern(_AGAINST + _EVERYBODY, _I)
_TO_WHOLE = LatePattern(rf"\s+(?:with|to|and)\s+{_EVERYBODY}", _I)
_COMPARE = LatePattern(r"^\s*(?:please\s+)?(?:compare|contrast|hold|put)\s+", _I)
_MONTH = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_PLACES = [name.casefold()[:3] for name in MONTH_NAMES]
_BETWEEN = r"(?:\s*,\s*(?:and\s+)?|\s*/\s*|\s+(?:and|vs\.?|versus|to|against)\s+)"
_MONTHS = LatePattern(
    rf"(?:,\s*)?(?:\b(?:in|for|of|over|between|during)\s+)?{_MONTH}(?:{_BETWEEN}{_MONTH}){{2,}}(?P<year>\s+20\d\d)?", _I
)
_ON = LatePattern(r"^[\s,:]*(?:on|in|by|for|at|regarding|in\s+terms\s+of)\s+", _I)


def with_the_unsaid(read: Read) -> Read:
    """The same reading, where words that are left out have one meaning that people expect."""

    def reading(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        spelt = _months_listed(text) if before is None else ""
        found = _beside_the_whole(in_known_words(text), world, before, read) or read(spelt or text, world, before)
        if before is not None or len(found) != 1 or not _lacks_figure(found[0]) or not _MOVES.search(text):
            return found
        meant = read(f"tokens: {text}", world, before)
        if not all(isinstance(reading, Understood) for reading in meant):
            return found
        return tuple(
            replace(reading, echoes=(*reading.echoes, MEANT)) for reading in meant if isinstance(reading, Understood)
        )

    return reading


def _lacks_figure(reading: Reading) -> bool:
    return isinstance(reading, Unclear) and reading.text == NO_FIGURE and not reading.options


def _beside_the_whole(
    text: str, world: World, before: Understood | None, read: Read
) -> tuple[Understood, Understood] | None:
    """ "Cost per employee of Payments vs the company": the group's figure, then that of everybody, or of the rest."""
    comparing = _COMPARE.match(text)
    hit = _WHOLE.search(text) or (_TO_WHOLE.search(text) if comparing else None)
    if hit is None:
        return None
    rest = bool(hit["rest"]) or "rest of" in hit[0].casefold()
    before_it, after = text[: hit.start()], text[hit.end() :]
    if comparing:  # "compare Payments with the average on cost": the figure comes last
        before_it, after = _ON.sub("", after), before_it[comparing.end() :]
    rest_said = f"{before_it} {after}".strip(" ?!.")
    readings = read(rest_said, world, before) if rest_said or before is None else (before,)
    part = readings[0] if len(readings) == 1 else None
    if not isinstance(part, Understood) or part.intent is not Intent.FIGURES:
        return None
    whole = _without_its_people(part.query, rest)
    if whole is None:
        return None
    step = "beside the rest" if rest else "beside everybody"
    return (replace(part, steps=(*part.steps, step)), replace(part, query=whole, personal=False, steps=(step,)))


def _without_its_people(query: Query, rest: bool) -> Query | None:
    """The query of everybody, or of all but the people it is cut to; None where it is cut to no single group."""
    people = [condition for condition in query.filters if condition.dimension in PEOPLE]
    if len(people) != 1 or people[0].op is not Op.IN or query.scopes or query.previous or query.group_by:
        return None
    others = tuple(condition for condition in query.filters if condition is not people[0])
    return query.with_(filters=(*others, replace(people[0], op=Op.NOT_IN)) if rest else others)


def _months_listed(text: str) -> str:
    """ "Cost in August, September and October" as the span of those months, a month each; "" where they are no three
    that follow each other."""
    hit = _MONTHS.search(text)
    if hit is None:
        return ""
    names = [name.casefold()[:3] for name in re.findall(_MONTH, hit[0], _I)]
    places = [_PLACES.index(name) for name in names]
    if len(places) < 3 or any((later - sooner) % 12 != 1 for sooner, later in pairwise(places)):
        return ""
    first, last = (MONTH_NAMES[places[at]] for at in (0, -1))
    rest = f"{text[: hit.start()]} {text[hit.end() :]}".strip()
    return f"{rest} from {first} to {last}{hit['year'] or ''} by month"
