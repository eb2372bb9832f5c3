"""How each budget stands: what is spent of it and, where a forecast may be made, what its month comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from bot.questions.plans.forecasts import Forecaster, ForecastPoint
from bot.questions.plans.history import ONE_DAY, history
from bot.questions.plans.scopes import scope_filter
from bot.settings import Settings
from bot.statistics.forecast_values import Unpredictable
from storage.answer.money import USD
from storage.answer.privacy import Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.budgets import BudgetInForce, budgets_in_force
from storage.catalogue import DIMENSIONS
from storage.errors import Denied, NoData, UnknownName
from storage.names import Directory
from storage.plan_records import PlanScope
from storage.query import Filter, Query
from storage.records import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetStanding:
    """One budget: what is spent of it (None: hidden), the part that is (None also where there is no amount), and what
    is expected of its month (None: no forecast)."""

    scope: str
    name: str
    amount: float
    currency: str
    cost: float | None = None
    used: float | None = None
    result: Result | None = None
    expected: tuple[float, float, float] | None = None

    @property
    def label(self) -> str:
        """Whose it is."""
        return self.name or "whole organisation"


def standing_of(
    connection: Connection,
    directory: Directory,
    filters: tuple[Filter, ...],
    period: Period,
    viewer: Viewer,
    settings: Settings,
    as_of: date,
) -> BudgetStanding | None:
    """The budget of one scope; None where there is none."""
    query = Query(metrics=("cost",), period=period, filters=filters)
    wanted = budgets_of(connection, directory, query)
    return standing(connection, directory, wanted[0], query, viewer, settings, as_of) if wanted else None


def budgets_of(connection: Connection, directory: Directory, query: Query) -> list[BudgetStanding]:
    """The budgets of the period's months, added up for each scope; without a named scope all of them."""
    months = budgets_in_force(connection, directory.workspace_id, query.period.start, query.period.end)
    named = next(((one.dimension, one.values[0].casefold()) for one in query.filters), None)
    sums: dict[tuple[str, str, str], list[BudgetInForce]] = {}
    for one in months:
        if query.group_by and one.scope not in query.group_by:
            continue
        if named is None or (one.scope, one.name.casefold()) == named:
            sums.setdefault((one.scope, one.name, one.currency), []).append(one)
    return [
        BudgetStanding(scope=scope, name=name, currency=currency, amount=sum(one.amount for one in of_scope))
        for (scope, name, currency), of_scope in sorted(
            sums.items(), key=lambda item: (item[0][0] != PlanScope.ORGANISATION, item[0])
        )
    ]


def standing(
    connection: Connection,
    directory: Directory,
    budget: BudgetStanding,
    query: Query,
    viewer: Viewer,
    settings: Settings,
    as_of: date,
) -> BudgetStanding:
    """What is spent of a budget, and where its month is running what is expected of it."""
    seen = spent(connection, directory, budget, query, viewer, as_of)
    if seen.cost is None or query.period.end < as_of or query.period.start > as_of:
        return seen
    asked = _asked(directory, budget, query, as_of).with_(period=query.period)
    work = Forecaster(connection, directory, asked, viewer, settings, as_of)
    return replace(seen, expected=_expected(work, query.period))


def _asked(directory: Directory, budget: BudgetStanding, query: Query, as_of: date) -> Query:
    """The cost of the budget's scope up to the day."""
    return Query(
        metrics=("cost",),
        period=Period(query.period.start, min(query.period.end, max(as_of, query.period.start)), query.period.label),
        filters=scope_filter(budget.scope, _known(directory, budget)),
        currency="" if budget.currency == USD else budget.currency,
    )


def spent(
    connection: Connection,
    directory: Directory,
    budget: BudgetStanding,
    query: Query,
    viewer: Viewer,
    as_of: date,
) -> BudgetStanding:
    """The budget with its cost so far; as it is where that may not be shown or is not recorded."""
    if budget.scope not in (PlanScope.ORGANISATION, *DIMENSIONS):
        return budget
    asked = _asked(directory, budget, query, as_of).with_(metrics=("cost", "budget_used"), period=query.period)
    try:
        result = run(connection, directory, asked, viewer, as_of)
    except (Denied, NoData, UnknownName):
        return budget
    row = result.rows[0]
    cost, used = row.values["cost"], row.values["budget_used"]
    if row.suppressed or cost is None:
        return replace(budget, result=result)
    return replace(budget, cost=float(cost), used=used, result=result)


def _expected(work: Forecaster, period: Period) -> tuple[float, float, float] | None:
    if work.why_not(period):
        return None
    past = history(work.connection, work.directory, work.query, work.as_of)
    so_far = work.so_far(period, past.end)
    if past.end + ONE_DAY > period.end:
        return None
    value = float(so_far.rows[0].values["cost"] or 0) if so_far else 0.0
    points = work.points(period, past, value)
    return None if isinstance(points, Unpredictable) else _whole(points)


def _whole(points: Sequence[ForecastPoint]) -> tuple[float, float, float]:
    return points[0].values


def _known(directory: Directory, budget: BudgetStanding) -> str:
    """The name as the store has it."""
    names = (
        [team.name for team in directory.teams]
        if budget.scope == PlanScope.TEAM
        else directory.values.get(budget.scope, ())
    )
    return next((name for name in names if name.casefold() == budget.name.casefold()), budget.name)
