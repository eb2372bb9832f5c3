"""The answer to a wish to be told: that it is watched from now on, with what is usual now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.questions.answers.answer import Answer, Fact, Status
from bot.questions.answers.normal import normal
from bot.questions.plans import budgets
from bot.questions.plans.wishes import kind_of, title_of
from bot.questions.reading import Intent, Understood
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.catalogue import metric
from storage.keep.watches import BUDGET
from storage.names import Directory
from storage.query import Query

ALONE = (
    "A watch is told to somebody, and at the command line nobody is: ask it in Slack, or with the option --as EMAIL."
)
ONCE = "You hear of it in a direct message, at most once a week; `/leverage watches` lists and ends what you watch."


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """That it is watched from now on, with what is usual now. Raises Denied where its reader may not see it."""
    query = reading.query
    if viewer.email is None:
        return Answer(status=Status.UNSUPPORTED, text=ALONE)
    said = f"I will tell you when this happens: {title_of(query, directory)}. {ONCE}"
    day = as_of or query.period.end
    if kind_of(query) == BUDGET:
        now = budgets.answer(connection, directory, _without_level(reading), viewer, settings, day)
        if now.status is not Status.ANSWERED:
            return now
        return replace(now, text=f"{said} {now.text}", facts=(*now.facts, _level_fact(query)))
    now = normal(connection, directory, _without_level(reading), viewer, settings, day)
    facts = (*now.facts, *([_level_fact(query)] if query.having else []))
    return replace(now, text=f"{said} Now: {now.text}", facts=facts)


def _without_level(reading: Understood) -> Understood:
    return replace(reading, query=reading.query.with_(having=()), intent=Intent.FIGURES)


def _level_fact(query: Query) -> Fact:
    unit = "fraction" if kind_of(query) == BUDGET else metric(query.metrics[0]).unit.value
    return Fact(label="level", value=query.having[0].value, unit=unit, said=True)
