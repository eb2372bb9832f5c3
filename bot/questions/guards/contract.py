"""What the contract settles whatever the network chose: what holds anyway, and what replaces what in a thread."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.questions.finders.marks import Mention
from bot.questions.guards.added import holds_anyway
from bot.questions.guards.beside import held_against, several_teams
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entry, phrases
from bot.questions.lexicon.words import dimension_of
from bot.questions.periods import default_grain
from bot.questions.periods.arithmetic import start_of, step
from bot.questions.periods.labels import range_label
from bot.questions.reading import Intent
from storage.query import Compare, Filter, Grain, Having, Op, Order, Query
from storage.records import Period

OF_ITEMS = frozenset(
    ("items", "human_minutes", "human_hours", "minutes_per_item", "success_rate", "rework_rate", "failure_rate")
)
AI_MODES = ("assisted", "agent")
WITH_AI = re.compile(r"\b(?:with|by|through|using|via) (?:the help of )?ai\b(?! (?:and|or|vs|versus|plus) )")
BY_HAND = re.compile(r"\b(?:by|for|from|of|among) (?:the )?humans?\b(?! (?:and|or|vs|versus|plus|hours|minutes|time) )")
AGENTS = re.compile(r"\b(?:by|of|from|for|through|did|do|does) (?:the |our )?agents?\b(?! (?:and|or|vs|versus|plus) )")
BESIDE = re.compile(r"\b(?:and|or|vs|versus|plus) (?:by |with |for )?(?:the )?(?:ai|humans?|hand)\b")
NOT_A_MODE = re.compile(
    r"\b(?:not|without|excluding|except|minus|other than|leaving out)(?: (?:for|in|the|any))*"
    r" (?P<mode>agent|chat|completion)\b"
)
_MODE = r"(?:agent|chat|completion)"
TWO_MODES = re.compile(
    rf"\b(?P<one>{_MODE})s?(?: (?:mode|tokens|requests|cost|usage))?"
    rf" (?:vs|versus|and|or|to|against|compared (?:to|with)) (?P<other>{_MODE})s?\b(?! tokens per)"
)
DIFFERENCE = re.compile(r"\b(?:difference|gap|diff) (?:[a-z ]+ )?between\b")
MONTHS = 6
LISTED_BY = 2
CHAINING = frozenset(("and", "then", "by", ",", "&", "/"))
EVERYBODY = frozenset({"inactive", "everybody", "everyone", "all"})


def settled(query: Query, scene: Scene) -> Query:
    """The query as the contract wants it."""
    filters = query.filters
    if holds_anyway(scene):
        filters = _without_kinds(filters, scene)
    if scene.before is not None:
        filters = tuple(_in_thread(condition, scene, scene.before) for condition in filters)
    query = query if filters == query.filters else query.with_(filters=filters)
    for settle in (
        held_against,
        several_teams,
        _done_by,
        _both_modes,
        _of_two,
        _left_out,
        _used_by_nobody,
        _unused,
        _averaged,
        _usual,
        _by_both,
    ):
        query = settle(query, scene)
    return query.with_(grain=Grain(default_grain(query.period))) if _develops(query, scene) else query


def _develops(query: Query, scene: Scene) -> bool:
    """ "How has spend evolved since July?" asks for a series where nothing of the query moves."""
    moves = query.grain or query.previous or query.order or query.having or query.average or query.share
    if moves or scene.before or scene.intent is not Intent.FIGURES or query.period.days == 1:
        return False
    words = set(entry("asked", "develops").words)
    return any(word in words for clause in scene.asked for word in clause.words)


def _done_by(query: Query, scene: Scene) -> Query:
    """ "Items done with AI" are those of both modes with AI in them, "for humans" those by hand alone."""
    if not OF_ITEMS.issuperset(query.metrics) or "mode" in query.group_by or query.filter_on("mode"):
        return query
    said = _without_figures(scene.said())
    with_ai, by_hand = WITH_AI.search(said), BY_HAND.search(said) if "ai" not in said.split() else None
    by_agents = AGENTS.search(said)
    if not (with_ai or by_hand or by_agents) or BESIDE.search(said):
        return query
    modes = ("agent",) if by_agents else AI_MODES if with_ai else ("human",)
    return query.with_(filters=(*query.filters, Filter("mode", modes)))


def _both_modes(query: Query, scene: Scene) -> Query:
    """ "Agent mode vs chat mode" is a list of both."""
    hit = TWO_MODES.search(scene.said())
    said = {*re.findall(rf"\b{_MODE}\b", scene.said())}
    if hit is None or said != {hit["one"], hit["other"]} or len(said) == 1 or scene.before is not None:
        return query
    others = tuple(condition for condition in query.filters if condition.dimension != "mode")
    by = query.group_by if "mode" in query.group_by else (*query.group_by, "mode")
    return query.with_(filters=(*others, Filter("mode", (hit["one"], hit["other"]))), group_by=by)


def _of_two(query: Query, scene: Scene) -> Query:
    """ "The difference between Payments and Mobile" is of two names and of no two periods."""
    timed = [mention for mention in scene.marked.mentions if mention.kind in ("period", "compare")]
    two = query.scopes or any(len(condition.values) > 1 for condition in query.filters)
    if query.previous is None or not two or len(timed) > 1 or scene.before is not None:
        return query
    if any(mention.kind == "compare" for mention in timed) or not DIFFERENCE.search(scene.said()):
        return query
    return query.with_(previous=None, order=None)


def _without_figures(said: str) -> str:
    """Without the names of figures: the human of "hours of human work" says nothing of how an item was done."""
    words = said.split()
    for _, start, end in [*phrases("metrics").all(words)]:
        words[start:end] = [""] * (end - start)
    return " ".join(words)


def _left_out(query: Query, scene: Scene) -> Query:
    """ "But not agent mode" leaves that mode out, where it was read as the one that is kept."""
    hit = NOT_A_MODE.search(scene.said())
    named = query.filter_on("mode")
    if hit is None or named is None or named.op is not Op.IN or named.values != (hit["mode"],):
        return query
    return query.with_(
        filters=tuple(
            replace(condition, op=Op.NOT_IN) if condition is named else condition for condition in query.filters
        )
    )


def _by_both(query: Query, scene: Scene) -> Query:
    """ "By model and team", "by team by tool" is one list by two dimensions, in the order that they were said in."""
    if len(query.group_by) != 1 or scene.intent is not Intent.FIGURES or query.scopes:
        return query
    for clause in scene.asked:
        parts = [part for part, _ in clause.parts]
        said = _chained(parts, parts.index("by") + 1) if "by" in parts else ()
        if len(said) == LISTED_BY and query.group_by[0] in said and not any(map(query.filter_on, said)):
            return query.with_(group_by=said)
    return query


def _chained(parts: list[str | Mention], at: int) -> tuple[str, ...]:
    """The dimensions that stand one after the other from a place on."""
    said: list[str] = []
    while at < len(parts):
        word = parts[at]
        if isinstance(word, Mention):
            return () if word.kind in said else tuple(said)  # "by team and tool Cursor" is of one tool
        dimension = dimension_of(word)
        if dimension and dimension not in said:
            said.append(dimension)
        elif word not in CHAINING:
            break
        at += 1
    return tuple(said)


def _usual(query: Query, scene: Scene) -> Query:
    """ "Is our cost high", with no period said, is of the last week: of four weeks a range needs most of a year."""
    dated = any(mention.kind == "period" for mention in scene.marked.mentions)
    if scene.intent is not Intent.NORMAL or dated or scene.before is not None or query.period.days != 28:
        return query
    first = step(start_of(scene.world.as_of, "week"), "week", -1)
    week = Period(first, first + timedelta(days=6))
    return query.with_(period=replace(week, label=f"last week ({range_label(week.start, week.end)})"))


def _averaged(query: Query, scene: Scene) -> Query:
    """ "Cost per month on average", with no period said, is of whole months: the usual four weeks hold none."""
    if query.average is not Grain.MONTH or scene.before is not None or query.period.days != 28:
        return query
    if any(mention.kind == "period" for mention in scene.marked.mentions):
        return query
    end = start_of(scene.world.as_of, "month")
    return query.with_(period=Period(step(end, "month", -MONTHS), end - timedelta(days=1), f"last {MONTHS} months"))


def _used_by_nobody(query: Query, scene: Scene) -> Query:
    """ "Teams where nobody uses AI" have no active people; it is not their inactive ones that are none."""
    if query.metrics != ("inactive_people",) or len(query.having) != 1:
        return query
    (bound,) = query.having
    none = (bound.compare is Compare.LE and bound.value == 0) or (bound.compare is Compare.LT and bound.value <= 1)
    return query.with_(metrics=("active_people",)) if none and not EVERYBODY.intersection(scene.words()) else query


def _unused(query: Query, scene: Scene) -> Query:
    """ "Who didn't use AI" lists those alone; "who has never used AI" over all recorded time."""
    if query.group_by != ("person",) or query.grain or query.previous or len(query.metrics) != 1:
        return query
    none = query.having == (Having(Compare.LE, 0),)
    inactive = query.metrics == ("inactive_people",)
    if (query.metrics == ("active_people",) and none) or (inactive and not query.having):
        some = (Having(Compare.GT, 0),)
        query, inactive = query.with_(metrics=("inactive_people",), having=some, order=Order(), limit=None), True
    if not (none or inactive):
        return query
    query = query.with_(everyone=True)
    dated = any(mention.kind == "period" for mention in scene.marked.mentions)
    first = scene.world.directory.first_day
    if "never" not in scene.words() or dated or scene.before is not None or first is None:
        return query
    return query.with_(period=Period(first, scene.world.as_of, "all time"))


def _without_kinds(filters: tuple[Filter, ...], scene: Scene) -> tuple[Filter, ...]:
    """ "Contractors too" filters nothing."""
    before = scene.before.filters if scene.before else ()
    return tuple(
        condition
        for condition in filters
        if condition.dimension != "kind" or condition in before or condition.op is not Op.IN
    )


def _in_thread(condition: Filter, scene: Scene, before: Query) -> Filter:
    """A new value of a dimension replaces the old one, unless "also", "plus" or the like adds it."""
    old = next((had for had in before.filters if (had.dimension, had.op) == (condition.dimension, condition.op)), None)
    new = [
        value for mention in _named(scene, condition.dimension) for value in mention.values if value in condition.values
    ]
    if old is None or not new or condition.op is Op.BELOW:
        return condition
    adds = bool(set(scene.words()) & set(entry("asked", "adds").words)) or condition.op is Op.NOT_IN
    kept = old.values if adds else ()
    again = [value for value in condition.values if value in new or value not in old.values]
    return Filter(condition.dimension, tuple(dict.fromkeys((*kept, *again))), condition.op)


def _named(scene: Scene, dimension: str) -> list[Mention]:
    """The mentions of this message that the query uses."""
    here = (part for part, _ in scene.marked.here if isinstance(part, Mention))
    return [mention for mention in here if mention.kind == dimension and scene.is_used(mention)]
