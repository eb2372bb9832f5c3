"""Budgets beside the cost of their scope: which ones a query is about, and what they are in each of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from storage.answer.buckets import Bucket
from storage.answer.calendar import after, steps
from storage.answer.compile import Compiler
from storage.answer.money import USD, rate_on
from storage.answer.result import Note, NoteKind
from storage.budgets import BudgetInForce, budgets_in_force
from storage.catalogue import Metric
from storage.catalogue.formula import Number
from storage.catalogue.measures import MeasuredRows
from storage.catalogue.spellings import family
from storage.errors import NoData
from storage.names import Directory
from storage.plan_records import PlanScope
from storage.query import Filter, Grain, Op, Query
from storage.records import Period

NO_BUDGET = (
    "no budget is recorded for {whose}; budgets.csv brings them (scope, name, month, amount, currency), or an admin"
    " sets one with /leverage budgets"
)
Labels = tuple[str, ...]


def of_budgets(metrics: Iterable[Metric]) -> bool:
    """Whether any of these metrics is of budgets."""
    return any(MeasuredRows.BUDGETS in metric.bases for metric in metrics)


def beside_budgets(
    connection: Connection, directory: Directory, query: Query, as_of: date | None
) -> tuple[Query, Period, list[Note]]:
    """The query as budgets are kept, the days whose budgets count, and what was left out.

    It goes up to today and over the months that have a budget; a list by team is of the teams that have one, each with
    those below it; money is in the budgets' own currency where they have one and no other is asked for. Raises NoData
    where there is none.
    """
    found = _of_query(directory, query, _in_months(connection, directory, query.period))
    if not found:
        whose = ", ".join(value for condition in query.filters for value in condition.values)
        raise NoData(NO_BUDGET.format(whose=f"{whose or _kind(query)} in {query.period.label or query.period.start}"))
    currencies = {budget.currency for budget in found}
    if not query.currency and len(currencies) == 1:
        query = query.with_(currency="" if currencies == {USD} else currencies.pop())
    if query.group_by == (PlanScope.TEAM.value,) and not query.scopes:
        names = tuple(dict.fromkeys(budget.name for budget in found))
        query = query.with_(scopes=names, filters=())
    asked, notes = query.period, []
    if not query.grain and (having := _with_budgets(asked, found)) != asked:
        asked = having
        notes.append(Note(NoteKind.BUDGETED, {"first": asked.start, "last": asked.end}))
    last = asked.end if as_of is None else max(min(asked.end, as_of), asked.start)
    return query.with_(period=Period(asked.start, last, asked.label)), asked, notes


def _with_budgets(period: Period, found: Iterable[BudgetInForce]) -> Period:
    """The days of a period from its first month with a budget to its last one."""
    months = [budget.month for budget in found]
    end = after(max(months), Grain.MONTH) - timedelta(days=1)
    first, last = max(period.start, min(months)), min(period.end, end)
    return period if (first, last) == (period.start, period.end) else Period(first, last)


@dataclass(frozen=True)
class BudgetAmounts:
    """What the scopes of one query may spend, each row's months added up."""

    connection: Connection
    compiler: Compiler

    def rows(self, buckets: Sequence[Bucket]) -> dict[tuple[int, Labels], Number]:
        """Billionths of the currency asked for by bucket and labels; rows that lack the budget of a month are not
        there."""
        query, directory = self.compiler.query, self.compiler.directory
        months = {bucket: self._months(bucket) for bucket in buckets}
        first, last = min(month.start for month in months.values()), max(month.end for month in months.values())
        found = _of_query(directory, query, _in_months(self.connection, directory, Period(first, last)))
        rows: dict[tuple[int, Labels], list[Number]] = defaultdict(list)
        for bucket, days in months.items():
            for budget in found:
                if days.start.replace(day=1) <= budget.month <= days.end:
                    labels = (budget.name,) if query.group_by else ()
                    rows[bucket.number, labels].append(self._amount(budget, bucket.period.end))
        needed = {bucket.number: sum(1 for _ in steps(days, Grain.MONTH)) for bucket, days in months.items()}
        return {key: sum(amounts) for key, amounts in rows.items() if len(amounts) == needed[key[0]] and any(amounts)}

    def _months(self, bucket: Bucket) -> Period:
        """The days whose months count: of a single figure all that were asked about, also those to come."""
        asked = self.compiler.asked
        return asked if asked is not None and bucket.side == 0 and not self.compiler.query.grain else bucket.period

    def _amount(self, budget: BudgetInForce, day: date) -> Number:
        """In the currency asked for, at the rate of the last day that is counted."""
        target, directory = self.compiler.currency, self.compiler.directory
        if budget.currency == target:
            return budget.amount_nano
        return budget.amount_nano * rate_on(directory, budget.currency, day) / rate_on(directory, target, day)


def _in_months(connection: Connection, directory: Directory, period: Period) -> Sequence[BudgetInForce]:
    return budgets_in_force(connection, directory.workspace_id, period.start.replace(day=1), period.end)


def _of_query(directory: Directory, query: Query, found: Iterable[BudgetInForce]) -> list[BudgetInForce]:
    """Those that the query is about, under the names that the store has."""
    kind = _kind(query)
    of_kind = [_named(directory, budget) for budget in found if budget.scope == kind]
    if kind == PlanScope.TEAM:
        of_kind = [budget for budget in of_kind if budget.name in (query.scopes or directory.team)]
    return [budget for budget in of_kind if all(_meets(directory, budget, named, query) for named in query.filters)]


def _kind(query: Query) -> str:
    """Whose budgets they are: those of what is listed, else of what is named, else of the organisation."""
    named = [condition.dimension for condition in query.filters]
    return next(iter((*query.group_by, *named)), PlanScope.ORGANISATION.value)


def _named(directory: Directory, budget: BudgetInForce) -> BudgetInForce:
    return replace(budget, name=recorded_name(directory, budget.scope, budget.name))


def recorded_name(directory: Directory, scope: str, name: str) -> str:
    """What the store calls the team, tool or project of a budget or target, which may be spelt otherwise or an alias;
    the name itself where the store knows none."""
    if scope == PlanScope.TEAM:
        teams = {word.casefold(): team.name for team in directory.teams for word in team.aliases}
        return (teams | {team.name.casefold(): team.name for team in directory.teams}).get(name.casefold(), name)
    own = {alias.casefold(): known for kind, known, alias in directory.aliases if kind == scope}
    meant = family(scope, own.get(name.casefold(), name))
    return next((known for known in directory.values.get(scope, ()) if family(scope, known) == meant), name)


def _meets(directory: Directory, budget: BudgetInForce, condition: Filter, query: Query) -> bool:
    """Whether a budget is one of those named; in a list of teams those below a named one are meant too."""
    if condition.dimension != PlanScope.TEAM or not query.group_by:
        return (budget.name in condition.values) is not (condition.op is Op.NOT_IN)
    below = {name for value in condition.values if value in directory.team for name in directory.below(value)}
    if condition.op is Op.BELOW:
        below -= {*condition.values}
    return (budget.name in below) is not (condition.op is Op.NOT_IN)
