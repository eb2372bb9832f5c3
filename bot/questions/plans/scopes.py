"""Whose budget or target a question names, and of which month: over the names that the store holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.questions.periods.labels import MONTH_NAMES, unit_label
from bot.questions.plans.horizon import horizon, running_month
from bot.questions.reading import World
from storage.plan_records import PlanScope
from storage.query import Filter
from storage.records import Period

LAST = re.compile(r"\b(?:last|previous|past) (?P<unit>month|quarter|year)\b", re.I)
MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(f'{name}|{name[:3]}|sept' for name in MONTH_NAMES)})\b(?: (?P<year>20\d\d))?", re.I
)
MY_TEAM = re.compile(r"\b(?:my|our) (?:team|squad|group)\b", re.I)
BEFORE = r"(?:of|for|in|is|are|will|has|have|did|does|on|team|tool|project|about|did)\s+(?:the\s+)?"


def scope_filter(scope: str, name: str) -> tuple[Filter, ...]:
    """The rows that a budget or target is about."""
    return () if scope == PlanScope.ORGANISATION else (Filter(scope, (name,)),)


def named_scope(text: str, world: World) -> tuple[Filter, ...]:
    """The team, tool or project that a question names; nothing where it names none."""
    if MY_TEAM.search(text) and world.asker and (person := world.directory.person.get(world.asker)) and person.teams:
        return (Filter("team", (person.teams[-1],)),)
    for word, dimension, name in sorted(_words(world), key=lambda known: -len(known[0])):
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) or re.search(
            rf"\b{BEFORE}{re.escape(word)}\b|(?<!\w){re.escape(word)}(?:'s|s')(?!\w)|^{re.escape(word)} budget",
            text,
            re.I,
        ):
            return (Filter(dimension, (name,)),)
    return ()


def _words(world: World) -> Iterator[tuple[str, str, str]]:
    directory = world.directory
    for team in directory.teams:
        yield from ((word, "team", team.name) for word in (team.name, *team.aliases))
    for tool in directory.values.get("tool", ()):
        yield from ((word, "tool", tool) for word in (tool, tool.replace("_", " "), tool.replace("_", " ").title()))
    for project in directory.values.get("project", ()):
        yield project, "project", project
    for kind, name, alias in directory.aliases:
        if kind in ("team", "tool"):
            yield alias, kind, name


def named_month(text: str, as_of: date) -> Period:
    """The month, quarter or year that is named, whole; the running month where none is."""
    if found := LAST.search(text):
        return _before(as_of, found["unit"].lower())
    if (found := MONTH.search(text)) and found[0] not in ("may", "march", "mar"):
        number = next(
            at for at, name in enumerate(MONTH_NAMES, start=1) if name.lower()[:3] == found["month"].lower()[:3]
        )
        year = int(found["year"]) if found["year"] else as_of.year - (number > as_of.month)
        return running_month(date(year, number, 1))
    period, _ = horizon(text, as_of)
    return period if period and period.days >= 28 and period.start.day == 1 else running_month(as_of)


def months_up_to(end: date, count: int) -> Period:
    """So many whole months, the last of which ends on that day."""
    number = end.year * 12 + end.month - count
    first = date(number // 12, number % 12 + 1, 1)
    return Period(first, end, f"{unit_label(first, 'month')} to {unit_label(end.replace(day=1), 'month')}")


def _before(as_of: date, unit: str) -> Period:
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(as_of.year, (as_of.month - 1) // months * months + 1, 1)
    last = first - timedelta(days=1)
    begin = date(last.year, last.month - months + 1, 1)
    return Period(begin, last, unit_label(begin, unit))
