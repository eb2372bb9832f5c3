"""The shape that words ask for is the shape of the query: per something, a ratio, a day, one thing over another."""

from __future__ import annotations

import re

from bot.questions.answers.answer import Option
from bot.questions.answers.describe import title
from bot.questions.guards.scene import Scene
from bot.questions.lexicon.words import dimension_of
from bot.questions.periods.words import word_set
from bot.questions.reading import Reading, Unclear
from storage.catalogue import DIMENSIONS, Unit, metric
from storage.query import Grain, Query

PER = "Per what is meant by “{said}”? I can divide by people, requests, items of a workflow or dollars."
RATIO = "A ratio of which two figures is meant? I can give “cost per request”, or each of the two beside the other."
NO_DAY = "I name no first or last day of use. I can show the days or weeks that have some."
OF_TWO = "I keep no rows by holding one against another. I can show both side by side."
CONCENTRATED = "I cannot tell how few people that is. I can give the share of the tenth who use most."
_PER = re.compile(r"\bper (?:(?:active|single|average|every|each|individual) )?(?P<said>[a-z]+)")
_NOT_DIVIDED = word_set(
    "cent se our my your their the his her its chance diem annum request day week month quarter year hour minute"
)
_RATIO = re.compile(r"\bratio\b(?! of (?:acceptance|adoption|success))|\b[a-z]+-to-[a-z]+ (?:share|tokens|cost)\b")
_WHEN = re.compile(
    r"^(?:and |so |hey |hi )?(?:when (?:did|was|were|has|have|does)|since when|how long (?:have|has|ago)|"
    r"(?:on )?(?:what|which) (?:date|day) (?:did|was|were|has|have))\b.*"
    r"\b(?:first|last|start(?:ed|s)?|began|begin|stop(?:ped)?|using|used|use|adopt(?:ed)?|latest|most recent(?:ly)?)\b"
)
_ACCOUNT = re.compile(
    r"\b(?:account(?:s|ed|ing)?|responsible|stand(?:s)?|make(?:s)? up) (?:for )?(?:half|most|\d+ percent|\d+ ?%)"
)
_OVER = re.compile(
    r"\b(?:where|whose|which|with|that)\b.*\b(?:more|less|higher|lower|fewer|exceeds?|outweighs?|over)\b(?: than)?"
)


def divided_by(scene: Scene) -> Reading | None:
    """ "Tokens per dollar", "cost per active user": a figure of everything is no answer to it."""
    query = scene.query
    if query is None or query.group_by or query.grain or query.average or _is_quotient(query):
        return None
    hit = _PER.search(scene.said())
    if hit is None or hit["said"] in _NOT_DIVIDED or dimension_of(hit["said"]):
        return None
    return Unclear(text=PER.format(said=hit[0]), steps=("guard: per",))


def ratio_said(scene: Scene) -> Reading | None:
    """ "The ratio of agent tokens to chat tokens" is no sum; two values side by side give it."""
    query = scene.query
    if query is None or not _RATIO.search(scene.said()) or _is_quotient(query) or query.share or query.group_by:
        return None
    return Unclear(text=RATIO, steps=("guard: ratio",))


def day_said(scene: Scene) -> Reading | None:
    """ "When did Legal first use it" asks for a day."""
    query = scene.query
    if query is None or query.grain or not _WHEN.search(scene.said()):
        return None
    first = scene.world.directory.first_day
    weekly = query.with_(grain=Grain.WEEK, group_by=(), metrics=("tokens",))
    if first is not None:
        weekly = weekly.with_(period=type(query.period)(first, scene.world.as_of))
    asked = title(weekly, scene.world.directory)
    return Unclear(text=NO_DAY, options=(Option(label=asked, ask=asked),), steps=("guard: day of use",))


def share_of_people(scene: Scene) -> Reading | None:
    """ "What percentage of people account for half the tokens" turns a share around."""
    query = scene.query
    if query is None or "top_decile_share" in query.metrics or not _ACCOUNT.search(scene.said()):
        return None
    if not re.search(r"\b(?:people|users|employees|persons|engineers|who)\b", scene.said()):
        return None
    return Unclear(text=CONCENTRATED, steps=("guard: share of people",))


def one_over_another(scene: Scene) -> Reading | None:
    """ "Teams where Claude Code costs more than Cursor": two values of one dimension, and a list by another."""
    query = scene.query
    if query is None or not query.group_by or query.previous or not _OVER.search(scene.said()):
        return None
    for condition in query.filters:
        other = condition.dimension not in query.group_by and not DIMENSIONS[condition.dimension].days
        if other and len(condition.values) > 1 and "than" in scene.said().split():
            asked = title(query.with_(group_by=(*query.group_by, condition.dimension)), scene.world.directory)
            return Unclear(text=OF_TWO, options=(Option(label=asked, ask=asked),), steps=("guard: one over another",))
    return None


def _is_quotient(query: Query) -> bool:
    names = [name for name in query.metrics if "per_" in name or "/" in name or name.startswith(("median_", "p9"))]
    return bool(names) or any(metric(name).unit in (Unit.FRACTION, Unit.RATIO) for name in query.metrics)
