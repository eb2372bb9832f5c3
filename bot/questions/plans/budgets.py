"""How much of the budgets is used: cost so far beside each, and where a forecast may be made, where the month ends."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Fact, Receipt, Shape, Status
from bot.questions.answers.caveats import sentence
from bot.questions.answers.describe import scope_parts
from bot.questions.plans.budget_rows import BudgetStanding, columns, row
from bot.questions.plans.forecasts import Forecaster, ForecastPoint
from bot.questions.plans.history import ONE_DAY, history
from bot.questions.plans.scopes import scope_filter
from bot.questions.reading import Understood
from bot.settings import Settings
from bot.statistics.forecast_values import LEVEL, Unpredictable
from storage.answer.budgets import NO_BUDGET, recorded_name
from storage.answer.money import USD
from storage.answer.privacy import Viewer
from storage.answer.result import NoteKind
from storage.answer.run import run
from storage.budgets import BudgetInForce, budgets_in_force
from storage.catalogue import DIMENSIONS
from storage.errors import Denied, NoData, UnknownName
from storage.names import Directory
from storage.plan_records import PlanScope
from storage.query import Filter, Query
from storage.records import Period

DEFINITION = "Budget used: cost of the scope in the budget's month so far ÷ its budget."
SHOWN = 10


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """Every budget of the period, or that of the scope that was named. Raises NoData where there is none, Denied where
    none may be seen."""
    query = reading.query
    day = as_of or query.period.end
    wanted = _of_period(connection, directory, query)
    if not wanted:
        raise NoData(NO_BUDGET.format(whose=scope_words(query, directory)))
    found = [_standing(connection, directory, budget, query, viewer, settings, day) for budget in wanted]
    if all(standing.cost is None for standing in found):
        raise Denied("group")
    shown = [standing for standing in found if not query.having or (standing.used or 0) > 1]
    text = _one(found[0], query, day) if len(found) == 1 and not query.having else _several(found, query, day)
    return Answer(
        status=Status.ANSWERED,
        text=text,
        shape=Shape.SINGLE if len(found) == 1 else Shape.LIST,
        title=f"budget used, {scope_words(query, directory)}",
        query=query.to_json(),
        period=query.period,
        columns=columns(found),
        rows=tuple(row(standing) for standing in shown),
        facts=tuple(_facts(found, query, day)),
        caveats=_caveats(found),
        receipt=receipt(directory, query, settings),
        shown=tuple(told for standing in found if standing.result for told in standing.result.shown),
    )


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
    wanted = _of_period(connection, directory, query)
    return _standing(connection, directory, wanted[0], query, viewer, settings, as_of) if wanted else None


def _of_period(connection: Connection, directory: Directory, query: Query) -> list[BudgetStanding]:
    """The budgets of the period's months, added up for each scope; without a named scope all of them."""
    months = [
        replace(budget, name=recorded_name(directory, budget.scope, budget.name))
        for budget in budgets_in_force(connection, directory.workspace_id, query.period.start, query.period.end)
    ]
    named = next(((condition.dimension, condition.values[0].casefold()) for condition in query.filters), None)
    sums: dict[tuple[str, str, str], list[BudgetInForce]] = {}
    for budget in months:
        if query.group_by and budget.scope not in query.group_by:
            continue
        if named is None or (budget.scope, budget.name.casefold()) == named:
            sums.setdefault((budget.scope, budget.name, budget.currency), []).append(budget)
    return [
        BudgetStanding(
            scope=scope,
            name=name,
            currency=currency,
            amount=sum(budget.amount for budget in of_scope),
            unknown=scope != PlanScope.ORGANISATION and name not in _names(directory, scope),
        )
        for (scope, name, currency), of_scope in sorted(
            sums.items(), key=lambda item: (item[0][0] != PlanScope.ORGANISATION, item[0])
        )
    ]


def _standing(
    connection: Connection,
    directory: Directory,
    budget: BudgetStanding,
    query: Query,
    viewer: Viewer,
    settings: Settings,
    as_of: date,
) -> BudgetStanding:
    seen = spent(connection, directory, budget, query, viewer, as_of)
    if seen.cost is None or query.period.end < as_of or query.period.start > as_of:
        return seen
    asked = _asked(budget, query, as_of).with_(period=query.period)
    work = Forecaster(connection, directory, asked, viewer, settings, as_of)
    return replace(seen, expected=_expected(work, query.period))


def _asked(budget: BudgetStanding, query: Query, as_of: date) -> Query:
    """The cost of the budget's scope up to the day."""
    return Query(
        metrics=("cost",),
        period=Period(query.period.start, min(query.period.end, max(as_of, query.period.start)), query.period.label),
        filters=scope_filter(budget.scope, budget.name),
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
    if budget.unknown or budget.scope not in (PlanScope.ORGANISATION, *DIMENSIONS):
        return budget
    asked = _asked(budget, query, as_of).with_(metrics=("cost", "budget_used"), period=query.period)
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


def _names(directory: Directory, scope: str) -> Container[str]:
    return directory.team if scope == PlanScope.TEAM else directory.values.get(scope, ())


def scope_words(query: Query, directory: Directory) -> str:
    """Whose budgets are asked for, and of when."""
    each = [f"any {scope}" for scope in query.group_by]
    return ", ".join([*scope_parts(query, directory), *each, query.period.label])


def _one(standing: BudgetStanding, query: Query, as_of: date) -> str:
    used = standing.used
    about = f"Budget used, {standing.label}, {query.period.label}"
    if used is None or standing.cost is None:
        return f"{about}: nothing, the budget is 0."
    left = standing.amount - standing.cost
    rest = f"{short(left, standing.currency)} left" if left >= 0 else f"{short(-left, standing.currency)} over"
    spent = f"{short(standing.cost, standing.currency)} of {short(standing.amount, standing.currency)}"
    text = f"{about}: {short(used, 'fraction')}, {spent}, {rest}."
    if query.period.start <= as_of <= query.period.end and not _caveats([standing]):
        gone = (as_of - query.period.start).days / query.period.days
        text += f" {short(gone, 'fraction')} of its days are over."
    return f"{text}{_verdict(standing)}"


def _verdict(standing: BudgetStanding) -> str:
    if standing.expected is None:
        return ""
    value, low, high = (short(part, standing.currency) for part in standing.expected)
    return f" Forecast for the whole of it: {value} ({low} to {high}, 80%), so it {_outcome(standing)}."


def _outcome(standing: BudgetStanding) -> str:
    _, low, high = standing.expected or (0.0, 0.0, 0.0)
    if (standing.used or 0) > 1:
        return "is over already"
    if low > standing.amount:
        return "is on track to go over"
    return "is on track to stay within" if high <= standing.amount else "may go either way"


def _several(found: Sequence[BudgetStanding], query: Query, as_of: date) -> str:
    over = [standing for standing in found if (standing.used or 0) > 1]
    coming = [
        standing
        for standing in found
        if standing not in over and standing.expected and standing.expected[1] > standing.amount
    ]
    names = ", ".join(f"{standing.label} {short(standing.used, 'fraction')}" for standing in over[:SHOWN])
    said = f"Over budget, {query.period.label}: {names}." if over else f"No budget is used up, {query.period.label}."
    if not over and (most := max(found, key=lambda budget: budget.used or 0)).used:
        said = f"{said[:-1]}; the most used, {most.label}, is at {short(most.used, 'fraction')}."
    if coming:
        said += f" On track to go over: {', '.join(standing.label for standing in coming[:SHOWN])}."
    first = found[0]
    if not query.having and first.scope == PlanScope.ORGANISATION and first.used is not None:
        said = f"{_one(first, query, as_of)} {said}"
    hidden = [budget.label for budget in found if budget.cost is None and not budget.unknown]
    unknown = [budget.label for budget in found if budget.unknown]
    if hidden:
        said += f" Not shown, too few people or not recorded: {', '.join(hidden[:SHOWN])}."
    if unknown:
        said += f" Nothing here has the name of these budgets: {', '.join(unknown[:SHOWN])}; check how they are spelt."
    return said


def _facts(found: Sequence[BudgetStanding], query: Query, as_of: date) -> list[Fact]:
    facts = [Fact(label="interval", value=LEVEL, unit="fraction", said=True)] if any(o.expected for o in found) else []
    if query.period.start <= as_of <= query.period.end:
        gone = (as_of - query.period.start).days / query.period.days
        facts.append(Fact(label="part of its days that are over", value=gone, unit="fraction", said=True))
    over = [max(-(standing.amount - standing.cost), 0.0) for standing in found if standing.cost is not None]
    return [*facts, *(Fact(label="over by", value=by, unit=found[0].currency, said=True) for by in over if by)]


def _caveats(found: Sequence[BudgetStanding]) -> tuple[str, ...]:
    """That months without a budget are left out."""
    notes = [
        note
        for standing in found
        if standing.result
        for note in standing.result.notes
        if note.kind is NoteKind.BUDGETED
    ]
    return tuple(dict.fromkeys(map(sentence, notes)))


def receipt(directory: Directory, query: Query, settings: Settings) -> Receipt:
    """The line under an answer about budgets."""
    newest = directory.usage[1].isoformat() if directory.usage else ""
    return Receipt(
        metric="budget used",
        definition=DEFINITION,
        period=query.period.label,
        zone=str(settings.zone),
        scope=", ".join(scope_parts(query, directory)) or "whole organisation",
        newest=newest,
        coverage=None,
    )
