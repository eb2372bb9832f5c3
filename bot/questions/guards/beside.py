"""Names side by side in a thread: one is held against that of the question before, added to it, or taken away."""

from __future__ import annotations

import re

from bot.questions.finders.marks import Mention
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.tables import entry
from storage.query import Filter, Op, Query

AGAINST = re.compile(
    r"\b(?:compared?|comparison|relative to|next to|against|versus|vs|stack up|measure up"
    r"|(?:more|less|fewer|higher|lower|cheaper|better|worse) than)\b"
)
ADDED = frozenset(("add", "and", "include", "including"))
TAKEN = frozenset(("remove", "drop", "without", "minus", "except", "exclude", "excluding", "less", "not"))
# A comparison of these stands as a list of both; people are never put side by side by a word alone.
HELD = ("team", "tool", "provider", "model", "workflow", "location", "title", "kind")


def held_against(query: Query, scene: Scene) -> Query:
    """ "How does that compare with Design?" after a figure of Support is a list of both."""
    before = scene.before
    asked = " ".join(word for clause in scene.asked for word in clause.words)
    if before is None or query.previous or before.scopes or not AGAINST.search(asked):
        return query
    for condition in query.filters:
        had = before.filter_on(condition.dimension)
        single = had is not None and (had.op, condition.op) == (Op.IN, Op.IN) and condition.dimension in HELD
        if (
            had is None
            or not single
            or set(had.values) & set(condition.values)
            or condition.dimension in query.group_by
        ):
            continue
        return _both(query, condition, (*had.values, *condition.values))
    return query


def several_teams(query: Query, scene: Scene) -> Query:
    """ "Add Support", "remove Payments" after teams side by side; another name without either is asked alone."""
    before, named = scene.before, _teams(scene)
    if before is None or not before.scopes or not named:
        return query
    words = set(scene.words())
    if words & TAKEN:
        teams = tuple(team for team in before.scopes if team not in named)
    elif words & (ADDED | set(entry("asked", "adds").words)):
        teams = tuple(dict.fromkeys((*before.scopes, *named)))
    else:
        return query
    others = tuple(condition for condition in query.filters if condition.dimension != "team")
    if len(teams) > 1:
        return query.with_(filters=others, scopes=teams, group_by=_with(query.group_by, "team"))
    return query.with_(filters=(*others, Filter("team", teams)), scopes=(), group_by=()) if teams else query


def _both(query: Query, condition: Filter, values: tuple[str, ...]) -> Query:
    others = tuple(other for other in query.filters if other is not condition)
    by = _with(query.group_by, condition.dimension)
    if condition.dimension == "team":  # each with the teams below it
        return query.with_(filters=others, scopes=values, group_by=by)
    return query.with_(filters=(*others, Filter(condition.dimension, values)), group_by=by)


def _with(group_by: tuple[str, ...], name: str) -> tuple[str, ...]:
    return group_by if name in group_by else (*group_by, name)


def _teams(scene: Scene) -> tuple[str, ...]:
    here = (part for part, _ in scene.marked.here if isinstance(part, Mention) and part.kind == "team")
    return tuple(value for mention in here if scene.is_used(mention) for value in mention.values)
