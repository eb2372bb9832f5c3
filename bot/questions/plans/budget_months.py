"""How much of a budget was used, month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Row, Shape, Status
from bot.questions.periods.labels import unit_label
from bot.questions.plans.budget_rows import BudgetStanding, columns, row
from bot.questions.plans.budgets import receipt, scope_words, spent
from bot.questions.plans.horizon import running_month
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.budgets import NO_BUDGET, recorded_name
from storage.answer.privacy import Viewer
from storage.budgets import budgets_in_force
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.plan_records import PlanScope


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The months of one scope that have a budget; where none is named the organisation's. Raises NoData where
    there is none, Denied where none may be seen."""
    query = reading.query
    day = as_of or query.period.end
    scope, name = (
        (query.filters[0].dimension, query.filters[0].values[0]) if query.filters else (PlanScope.ORGANISATION, "")
    )
    found: list[tuple[date, BudgetStanding]] = []
    for budget in budgets_in_force(connection, directory.workspace_id, query.period.start, query.period.end):
        named = recorded_name(directory, budget.scope, budget.name)
        if (budget.scope, named.casefold()) != (scope, name.casefold()) or budget.month > day:
            continue
        month = running_month(budget.month)
        of_month = query.with_(grain=None, period=month)
        standing = BudgetStanding(scope=scope, name=name, currency=budget.currency, amount=budget.amount)
        # Without a forecast: a series is of what was spent.
        found.append((budget.month, spent(connection, directory, standing, of_month, viewer, day)))
    if not found:
        raise NoData(NO_BUDGET.format(whose=scope_words(query, directory)))
    if all(standing.cost is None for _, standing in found):
        raise Denied("group")
    said = [f"{unit_label(month, 'month')} {short(standing.used, 'fraction')}" for month, standing in found]
    running = found[-1][0] == day.replace(day=1)
    return Answer(
        status=Status.ANSWERED,
        text=f"Budget used by month, {found[0][1].label}: {', '.join(said)}{' so far' if running else ''}.",
        shape=Shape.SERIES,
        title=f"budget used by month, {found[0][1].label}",
        query=query.to_json(),
        period=query.period,
        columns=columns([standing for _, standing in found]),
        rows=tuple(_month_row(month, standing, day) for month, standing in found),
        receipt=receipt(directory, query, settings),
        shown=tuple(told for _, standing in found if standing.result for told in standing.result.shown),
    )


def _month_row(month: date, standing: BudgetStanding, day: date) -> Row:
    running = running_month(month).end >= day
    days = (day - month).days + 1 if running else None
    labels, names = {"month": month.isoformat()}, {"month": unit_label(month, "month")}
    return replace(row(standing), labels=labels, names=names, partial=running, days=days)
