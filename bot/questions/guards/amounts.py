"""Numbers with a comparison, amounts of money, clock times, years and periods are used, or stop the answer."""

from __future__ import annotations

import re

from bot.questions.finders.marks import Mention
from bot.questions.guards.conditions import refusal
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import phrases
from bot.questions.periods import PeriodMatch
from bot.questions.periods.words import MONTHS, word_set
from bot.questions.reading import Intent, Reading, Unclear
from storage.query import Query

_COMPARES = frozenset(("over", "at least", "under", "at most"))
_COUNTED = word_set("top bottom first best worst highest lowest biggest")
AVERAGE = "I hold figures against a number, not against an average. Say the number, as in “teams under 60% adoption”."
SIZE = "I cannot keep teams by their size beside another figure. Ask for headcount by team, or name the teams."
_AVERAGE = re.compile(
    r"\b(?:above|below|over|under|beneath|than) (?:the |our |its |their )?(?:(?:company|organisation|organization|org"
    r"|team|overall|global|general|s|usual) )*(?:average|mean|median)\b"
)
TWO_SPANS = "Say both spans, as in “tokens per employee in October compared with September”, or record the event."
_BEFORE_AND_AFTER = re.compile(r"\bbefore (?:and|vs|versus|or) after\b|\bafter (?:vs|versus) before\b")
_ITEMS = word_set("requests items tokens suggestions calls prompts")
_HEADS = word_set("people members employees persons heads users engineers colleagues staff folks")
_PEOPLE_FIRST = word_set("active inactive headcount seats idle first returning daily weekly monthly")
_SPANS = (["days"], ["weeks"], ["months"], ["quarters"])
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.?")  # "1.10" may be a day
_UNITS = word_set("week weeks weekly month months monthly quarter quarters quarterly day days daily year years weekend")


def clock_times(scene: Scene) -> Reading | None:
    """Hours of the day are not recorded."""
    told = any(mention.kind == "clock" for clause in scene.asked for mention in clause.mentions)
    return refusal("hour") if told else None


def numbers(scene: Scene) -> Reading | None:
    """A number that a comparison stands before, one of money or percent, and one that counts rows is used."""
    for clause in scene.asked:
        parts = [part for part, _ in clause.parts]
        for at, mention in enumerate(parts):
            if not isinstance(mention, Mention) or mention.kind != "number" or _is_used(scene, mention):
                continue
            if scene.query is not None and "top_decile_share" in scene.query.metrics:
                continue
            before = [part for part in parts[max(0, at - 4) : at] if isinstance(part, str)]
            if (
                parts[at + 1 : at + 2] in _SPANS
                or mention.words[:1] in (("usd",), ("percent",))
                or _compared(before)
                or (before[-1:] and before[-1] in _COUNTED)
                or _DAY.fullmatch(mention.said)
                or scene.intent is Intent.NORMAL  # "is 4M tokens a head a lot" asks of that number
            ):
                return Unclear(text=f"What is “{mention.said}” for in that question?", steps=("guard: numbers",))
            if 1990 <= float(mention.values[0]) <= 2100 and mention.said.isdecimal():
                return Unclear(text="Which year is meant?", steps=("guard: years",))
    return None


def held_against(scene: Scene) -> Reading | None:
    """ "Teams with more than 10 people", "below the company average", "per 1k requests": what no query can hold."""
    if scene.query is None:
        return None
    if _BEFORE_AND_AFTER.search(scene.said()) and scene.query.previous is None and not scene.query.grain:
        return Unclear(text=TWO_SPANS, steps=("guard: before and after",))
    if _AVERAGE.search(scene.said()) and not scene.query.having:
        return Unclear(text=AVERAGE, steps=("guard: held against an average",))
    parts = [part for part, _ in scene.marked.here]
    for at, mention in enumerate(parts):
        if not isinstance(mention, Mention) or mention.kind != "number":
            continue
        after = [part if isinstance(part, str) else part.said.casefold() for part in parts[at + 1 : at + 2]]
        of_many = "cost_per_million_tokens" in scene.query.metrics and "tokens" in after
        if parts[:at][-1:] == ["per"] and after and after[0] in _ITEMS and not of_many:
            text = f"I give that for each of the {after[0]} and not for {mention.said}."
            return Unclear(text=text, steps=("guard: per many",))
        bound = any(abs(threshold.value) == abs(float(mention.values[0])) for threshold in scene.query.having)
        if bound and _HEADS.intersection(after) and not _counts_people(scene.query):
            return Unclear(text=SIZE, steps=("guard: size of a group",))
    return None


def _counts_people(query: Query) -> bool:
    names = {query.metrics[0], *(threshold.metric for threshold in query.having if threshold.metric)}
    return any(name == "headcount" or name.split("_")[0] in _PEOPLE_FIRST or "people" in name for name in names)


def _is_used(scene: Scene, mention: Mention) -> bool:
    """Whether the query holds the number, whatever the network took it for."""
    query, value = scene.query, abs(float(mention.values[0]))
    if query is None or not scene.is_used(mention):
        return False
    held = {float(query.limit or 0), float(query.skip + 1), *(abs(threshold.value) for threshold in query.having)}
    return any(abs(amount - number) < 1e-9 for amount in held for number in (value, value / 100))


def _compared(before: list[str]) -> bool:
    last = list(phrases("comparisons").all(before))[-1:]
    return bool(last) and last[0][0] in _COMPARES and last[0][2] >= len(before) - 1


def periods(scene: Scene) -> Reading | None:
    """A period said is used; a word of time that no period, grain or average is stops."""
    query = scene.query
    if query is None:
        return None
    for clause in scene.asked:
        for mention in clause.mentions:
            alone = not any(other.kind == "person" and other.said == mention.said for other in clause.mentions)
            if mention.kind == "period" and alone and not _counts(scene, mention, query):
                return Unclear(text=f"Which days are meant: what is “{mention.said}” for?", steps=("guard: periods",))
    return _loose_time(scene, query)


def _counts(scene: Scene, mention: Mention, query: Query) -> bool:
    """Whether the query's days are those, or were made of them."""
    relative = isinstance(mention.match, PeriodMatch) and mention.match.kind == "relative"
    if scene.is_used(mention) or (relative and scene.before is None):
        return True
    days = mention.values[0]
    held = [query.period, *([query.previous] if query.previous else [])]
    return any(days.start == span.start or days.end == span.end for span in held)


def _loose_time(scene: Scene, query: Query) -> Reading | None:
    timed = any(mention.kind in ("period", "compare") for mention in scene.marked.mentions if not mention.context)
    if timed or query.grain or query.average or query.previous or scene.before is not None:
        return None
    words = {word for clause in scene.asked for word in clause.words}
    if "active_days_per_person" in query.metrics or "headcount" in query.metrics:
        return None
    loose = sorted(word for word in words if word in _UNITS or (word in MONTHS and len(word) > 4))
    if loose:
        return Unclear(text=f"Which days are meant by “{loose[0]}”?", steps=("guard: words of time",))
    return None
