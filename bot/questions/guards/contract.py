"""What the contract settles whatever the network chose: what holds anyway, and what replaces what in a thread."""

from __future__ import annotations

import re

from bot.questions.finders.marks import Mention
from bot.questions.guards.added import holds_anyway
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entry
from bot.questions.periods import default_grain
from bot.questions.reading import Intent
from storage.query import Compare, Filter, Grain, Op, Query

OF_ITEMS = frozenset(
    ("items", "human_minutes", "human_hours", "minutes_per_item", "success_rate", "rework_rate", "failure_rate")
)
AI_MODES = ("assisted", "agent")
WITH_AI = re.compile(r"\b(?:with|by|through|using|via) (?:the help of )?ai\b(?! (?:and|or|vs|versus|plus) )")
BY_HAND = re.compile(r"\b(?:by|for|from|of|among) (?:the )?humans?\b(?! (?:and|or|vs|versus|plus|hours|minutes|time) )")
BESIDE = re.compile(r"\b(?:and|or|vs|versus|plus) (?:by |with |for )?(?:the )?(?:ai|humans?|hand)\b")
EVERYBODY = frozenset({"inactive", "everybody", "everyone", "all"})


def settled(query: Query, scene: Scene) -> Query:
    """The query as the contract wants it."""
    filters = query.filters
    if holds_anyway(scene):
        filters = _without_kinds(filters, scene)
    if scene.before is not None:
        filters = tuple(_in_thread(one, scene, scene.before) for one in filters)
    query = query if filters == query.filters else query.with_(filters=filters)
    query = _used_by_nobody(_done_by(query, scene), scene)
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
    said = " ".join(scene.words())
    with_ai, by_hand = WITH_AI.search(said), BY_HAND.search(said) if "ai" not in said.split() else None
    if not (with_ai or by_hand) or BESIDE.search(said):
        return query
    return query.with_(filters=(*query.filters, Filter("mode", AI_MODES if with_ai else ("human",))))


def _used_by_nobody(query: Query, scene: Scene) -> Query:
    """ "Teams where nobody uses AI" have no active people; it is not their inactive ones that are none."""
    if query.metrics != ("inactive_people",) or len(query.having) != 1:
        return query
    (bound,) = query.having
    none = (bound.compare is Compare.LE and bound.value == 0) or (bound.compare is Compare.LT and bound.value <= 1)
    return query.with_(metrics=("active_people",)) if none and not EVERYBODY.intersection(scene.words()) else query


def _without_kinds(filters: tuple[Filter, ...], scene: Scene) -> tuple[Filter, ...]:
    """ "Contractors too" filters nothing."""
    before = scene.before.filters if scene.before else ()
    return tuple(one for one in filters if one.dimension != "kind" or one in before or one.op is not Op.IN)


def _in_thread(one: Filter, scene: Scene, before: Query) -> Filter:
    """A new value of a dimension replaces the old one, unless "also", "plus" or the like adds it."""
    old = next((had for had in before.filters if (had.dimension, had.op) == (one.dimension, one.op)), None)
    new = [value for mention in _named(scene, one.dimension) for value in mention.values if value in one.values]
    if old is None or not new or one.op is Op.BELOW:
        return one
    adds = bool(set(scene.words()) & set(entry("asked", "adds").words)) or one.op is Op.NOT_IN
    kept = old.values if adds else ()
    again = [value for value in one.values if value in new or value not in old.values]
    return Filter(one.dimension, tuple(dict.fromkeys((*kept, *again))), one.op)


def _named(scene: Scene, dimension: str) -> list[Mention]:
    """The mentions of this message that the query uses."""
    here = (part for part, _ in scene.marked.here if isinstance(part, Mention))
    return [mention for mention in here if mention.kind == dimension and scene.is_used(mention)]
