"""A wish to be told when a figure changes or passes a level: recognised, put into words, and as it is kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.figures import figure, short
from bot.questions.answers.describe import measured, scope
from bot.questions.lexicon.patterns import LatePattern
from bot.questions.plans.horizon import running_month
from bot.questions.plans.predictions import OF_MEASURE, SIZES, plain
from bot.questions.plans.scopes import named_scope
from bot.questions.reading import Intent, Read, Understood, World
from storage.catalogue import metric
from storage.keep.watches import ABOVE, BELOW, BUDGET, RANGE, Watched
from storage.names import Directory
from storage.query import By, Compare, Having, Query
from storage.records import Period

_POLITE = r"^(?:(?:hey|hi|hello|please|pls|and|(?:can|could|would) you|i want you to|i(?:'d| would) like you to)[ ,]+)*"
_ALERT = r"(?:alert|alarm|watch|notification|warning)"
_WHEN = r"(?:when(?:ever)?|if|once|as soon as|at|before|should|for when|on|for)"
WISH = LatePattern(
    rf"{_POLITE}(?:(?:tell|ping|alert|notify|warn|message|dm|let|inform|page)(?: (?:me|us))?(?: know)?"
    rf"|(?:set(?: up)?|create|add|make|give me|i (?:want|need)|i'd like) (?:me )?an? {_ALERT}|an? {_ALERT})"
    rf",? {_WHEN}\b(?P<rest>.+)$",
    re.I,
)
KEEP_AN_EYE = LatePattern(rf"{_POLITE}(?:keep an eye on|watch|monitor|track changes (?:in|of))\b(?P<rest>.+)$", re.I)
BUDGET_WORD = LatePattern(r"\b(?:budgets?|spending (?:cap|limit)|allowance)\b", re.I)
PERCENT = LatePattern(r"(?P<number>\d+(?:\.\d+)?)\s?(?:%|percent|per cent|pct)", re.I)
_MOVES = r"(?:goes|go|gets|get|rises|rise|climbs|climb|falls|fall|drops|drop|sinks|sink|is|are|ever)"
_ABOVE = (
    r"(?:above|over|past|beyond|exceeds?|pass(?:es)?|cross(?:es)?|reach(?:es)?|hits?|tops?"
    r"|more than|greater than|at least)"
)
_BELOW = r"(?:below|under|beneath|less than|fewer than|lower than|at most)"
LEVEL = LatePattern(
    rf"\b(?:{_MOVES}\s+)*(?:to )?(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s+(?:to )?"
    r"[$€£]?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<size>k|m|bn|b|million|billion|thousand)?\b"
    r"\s?(?P<percent>%|percent)?(?:\s?(?:dollars|usd))?",
    re.I,
)
_ODD = r"(?:odd|off|strange|weird|unusual\w*|abnormal\w*|not normal|out of line|anomal\w*)"
CHANGES = LatePattern(
    r"\b(?:leaves?|exits?|(?:is|goes|moves|falls|gets) out(?:side)?(?: of)?)\b.*$"
    r"|\b(?:really |suddenly |significantly |clearly )*"
    r"(?:changes?|jumps?|spikes?|surges?|drops?|moves?|shifts?|rises?|falls?|dips?|swings?|breaks? out"
    rf"|goes (?:up|down|through the roof|crazy|wild)|(?:is|looks|gets|becomes|seems|behaves) {_ODD})\b.*$",
    re.I,
)


def watched(text: str, world: World, read: Read) -> tuple[Understood, ...]:
    """The figure to watch with the level that was named; empty where none is wished."""
    said = " ".join(text.replace("’", "'").split()).strip(" ?!.")
    wish = WISH.match(said)
    found = wish or KEEP_AN_EYE.match(said)
    if found is None:
        return ()
    rest = found["rest"].strip()
    if wish and BUDGET_WORD.search(rest):
        return (_of_budget(rest, world),)
    level, about = _level(rest)
    if wish and not level and not CHANGES.search(rest):
        return ()
    about = CHANGES.sub("", about).strip(" ,")
    if not OF_MEASURE.search(about) and not wish:
        return ()
    week = _last_week(world.as_of)
    for words in (about, f"tokens {about}") if wish else (about,):
        readings = read(f"{words} last week", world, None)
        reading = readings[0] if len(readings) == 1 else None
        if isinstance(reading, Understood) and plain(reading):
            query = reading.query.with_(period=week, having=level)
            steps = (*reading.steps, "a wish to be told")
            return (replace(reading, query=query, intent=Intent.WATCH, personal=True, steps=steps),)
    return ()


def _of_budget(text: str, world: World) -> Understood:
    percent = PERCENT.search(text)
    level = float(percent["number"]) / 100 if percent else 1.0
    query = Query(
        metrics=("cost",),
        period=running_month(world.as_of),
        filters=named_scope(text, world),
        having=(Having(Compare.GE, level, By.SHARE),),
    )
    return Understood(query=query, intent=Intent.WATCH, personal=True, steps=("a wish to be told of a budget",))


def _level(text: str) -> tuple[tuple[Having, ...], str]:
    found = LEVEL.search(text)
    if found is None:
        return (), text
    value = float(found["number"].replace(",", "")) * SIZES.get((found["size"] or "").lower(), 1)
    value = value / 100 if found["percent"] else value
    compare = Compare.GT if found["above"] else Compare.LT
    return (Having(compare, value),), f"{text[: found.start()]} {text[found.end() :]}"


def _last_week(as_of: date) -> Period:
    monday = as_of - timedelta(days=as_of.weekday() + 7)
    return Period(monday, monday + timedelta(days=6), "last week")


def kind_of(query: Query) -> str:
    """What is watched: its usual range, the budget, or a level."""
    if not query.having:
        return RANGE
    if query.having[0].by is By.SHARE:
        return BUDGET
    return ABOVE if query.having[0].compare is Compare.GT else BELOW


def title_of(query: Query, directory: Directory) -> str:
    """The watch in words: "cost per employee, Core, leaves its usual range"."""
    about = f"{measured(query)}, {scope(query, directory)}"
    kind = kind_of(query)
    if kind == RANGE:
        return f"{about}, leaves its usual range"
    level = query.having[0].value
    if kind == BUDGET:
        return f"{short(level, 'fraction')} of the budget, {scope(query, directory)}, is used"
    side = "above" if kind == ABOVE else "below"
    return f"{about}, is {side} {figure(level, metric(query.metrics[0]).unit.value)} in a week"


def wanted(reading: Understood, directory: Directory, email: str, now: datetime) -> Watched:
    """The watch to keep."""
    query = reading.query
    data = query.to_json()
    key = json.dumps({name: value for name, value in data.items() if name != "period"}, sort_keys=True)
    return Watched(
        workspace_id=directory.workspace_id,
        email=email,
        key=key[:500],
        kind=kind_of(query),
        query=data,
        level=query.having[0].value if query.having else None,
        title=title_of(query, directory)[:500],
        since=now,
    )
