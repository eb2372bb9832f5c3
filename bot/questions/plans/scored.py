"""A figure of a scorecard: beside the one before it, its newest whole week with what is usual, and its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.questions.answers import card
from bot.questions.answers.answer import Answer, Fact
from bot.questions.answers.figures import answer_of
from bot.questions.plans import budgets, targets
from bot.questions.plans.budget_rows import BudgetStanding
from bot.questions.reading import Intent, Understood
from bot.settings import Settings
from bot.statistics.weekly import WEEKS, usual
from storage.answer.budgets import recorded_name
from storage.answer.calendar import first_of
from storage.answer.privacy import Viewer
from storage.answer.run import run
from storage.answer.shown import Shown
from storage.catalogue import Unit
from storage.errors import Denied, NoData
from storage.keep import plans
from storage.names import Directory
from storage.plan_records import PlanScope
from storage.query import Grain, Query
from storage.records import Period

LONG_OVER = 31  # days after which a period is judged by its own weeks and not by those of now


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The figure with its week, usual range, target and budget in the facts. Raises what `storage.answer.run.run`
    raises for the figure itself; what may not be shown beside it is left out."""
    query, day = reading.query, as_of or reading.query.period.end
    found = answer_of(connection, directory, replace(reading, intent=Intent.FIGURES), viewer, settings, as_of)
    unit = found.columns[0].unit
    facts, shown = _week(connection, directory, query, viewer, day, unit)
    facts += _target(connection, directory, query, viewer, unit)
    if query.metrics == ("cost",):
        budget = budgets.standing_of(connection, directory, query.filters, query.period, viewer, settings, day)
        facts += _budget(budget) if budget else []
    found = replace(found, facts=(*facts, *found.facts), shown=(*found.shown, *shown))
    return replace(found, text=" ".join([found.text, *card.figure_of(found).sentences()]))


def _week(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date, unit: str
) -> tuple[list[Fact], tuple[Shown, ...]]:
    """The newest whole week, beside what is usual by the twelve before it, as the digest has it."""
    last = as_of if (as_of - query.period.end).days <= LONG_OVER else query.period.end + timedelta(days=1)
    end = first_of(last, Grain.WEEK) - timedelta(days=1)
    span = Period(end - timedelta(days=7 * (WEEKS + 1) - 1), end)
    try:
        weekly = query.with_(period=span, grain=Grain.WEEK, previous=None, running=False)
        result = run(connection, directory, weekly, viewer, as_of)
    except (Denied, NoData):
        return [], ()
    weeks = [(row.labels["week"], row.values[query.metrics[0]]) for row in result.rows if not row.partial]
    known = [(week, float(value)) for week, value in weeks if value is not None]
    if not known:
        return [], result.shown
    week, value = known[-1]
    facts = [
        Fact(label=card.WEEK, value=value, unit=unit, said=True),
        Fact(label=card.WEEK_OF, value=week, said=True),
    ]
    if before := usual([value for _, value in known[:-1]]):
        high = min(before.high, 1.0) if unit == Unit.FRACTION else before.high
        facts.append(Fact(label=card.LOW, value=before.low, unit=unit, said=True))
        facts.append(Fact(label=card.HIGH, value=high, unit=unit, said=True))
    return facts, result.shown


def _target(connection: Connection, directory: Directory, query: Query, viewer: Viewer, unit: str) -> Iterator[Fact]:
    """The nearest that was not over when the period ended, of this figure and scope."""
    team = query.filter_on("team")
    scope, name = (PlanScope.TEAM, team.values[0]) if team else (PlanScope.ORGANISATION, "")
    wanted = (query.metrics[0], scope, name.casefold())
    for target in plans.targets(connection, directory.workspace_id):
        named = recorded_name(directory, target.scope, target.name)
        if target.by < query.period.end or (target.metric, target.scope, named.casefold()) != wanted:
            continue
        found = targets.progress(connection, directory, target, query.period, viewer)
        track = card.REACHED if found.reached else card.ON_TRACK if found.on_track else card.OFF_TRACK
        yield Fact(label=card.TARGET, value=target.value, unit=unit, said=True)
        yield Fact(label=card.TARGET_BY, value=target.by.isoformat(), said=True)
        yield Fact(label=card.TRACK, value=track, said=True)
        if found.gap is not None and not found.reached:
            yield Fact(label=card.TO_GO, value=abs(found.gap), unit=unit, said=True)
        return


def _budget(found: BudgetStanding) -> list[Fact]:
    if found.used is None:
        return []
    return [
        Fact(label=card.BUDGET, value=found.amount, unit=found.currency, said=True),
        Fact(label=card.BUDGET_USED, value=found.used, unit=Unit.FRACTION, said=True),
    ]
