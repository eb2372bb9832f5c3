"""What the work and usage facts say about workflows, by the same queries that answer questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import Result, ResultRow
from storage.answer.run import run
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.query import Filter, Grain, Query
from storage.records import Period, WorkMode

NONE = "(none)"  # the label of usage without a workflow, or of nobody's team
_SUMS = ("items", "human_minutes", "minutes_per_item")
_RATES = ("success_rate", "rework_rate", "failure_rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfWork:
    """A week of a workflow in one mode (human, assisted, agent); `minutes` are those of the `timed` items."""

    workflow: str
    week: date
    mode: str
    items: int
    timed: int
    minutes: float
    accepted: int
    reworked: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfUse:
    """A day of AI use in a workflow, and the items that AI had a part in."""

    workflow: str
    day: date
    items: int
    requests: int
    tokens: float
    cost: float


@dataclass(frozen=True, slots=True)
class Work:
    """The weeks of work of a period; `weeks` is how many of them are recorded, parts of one included."""

    rows: tuple[WeekOfWork, ...]
    weeks: float


def whole_weeks(as_of: date, count: int) -> Period:
    """The complete ISO weeks before the one that runs on this day."""
    monday = as_of - timedelta(days=as_of.weekday())
    return Period(monday - timedelta(weeks=count), monday - timedelta(days=1))


def weekly_work(connection: Connection, directory: Directory, period: Period) -> Work:
    """The work of every workflow, week by week; whoever shows it checks `hidden_teams` first."""
    asked = Query(metrics=_SUMS, period=period, group_by=("workflow", "mode"), grain=Grain.WEEK)
    sums = _run(connection, directory, asked)
    rates = _run(connection, directory, asked.with_(metrics=_RATES))
    if sums is None or rates is None:
        return Work((), 0.0)
    shares = {_place(row): row.values for row in rates.rows}
    rows = []
    for row in sums.rows:
        items, minutes, each = (float(row.values[name] or 0) for name in _SUMS)
        if not items and not minutes:
            continue
        accepted, reworked, failed = (round(float(shares[_place(row)][name] or 0) * items) for name in _RATES)
        rows.append(
            WeekOfWork(
                workflow=row.labels["workflow"],
                week=date.fromisoformat(row.labels["week"]),
                mode=row.labels["mode"],
                items=round(items),
                timed=_timed(row, items, minutes, each),
                minutes=minutes,
                accepted=accepted,
                reworked=reworked,
                failed=failed,
            )
        )
    return Work(tuple(rows), sums.period.days / 7)


def _timed(row: ResultRow, items: float, minutes: float, each: float) -> int:
    if row.values["human_minutes"] is None:
        return 0
    return round(minutes / each if each else items)


def _place(row: ResultRow) -> tuple[str, str, str]:
    return row.labels["workflow"], row.labels["week"], row.labels["mode"]


def daily_use(connection: Connection, directory: Directory, period: Period) -> tuple[DayOfUse, ...]:
    """The AI use of every workflow on days with items; for signals alone, its figures are never shown."""
    names = ("requests", "effective_tokens", "cost")
    asked = Query(metrics=names, period=period, group_by=("workflow",), grain=Grain.DAY)
    with_ai = (Filter("mode", (WorkMode.ASSISTED.value, WorkMode.AGENT.value)),)
    use = _run(connection, directory, asked)
    work = _run(connection, directory, asked.with_(metrics=("items",), filters=with_ai))
    if use is None or work is None:
        return ()
    items = {(row.labels["workflow"], row.labels["day"]): round(row.values["items"] or 0) for row in work.rows}
    return tuple(
        DayOfUse(
            workflow=row.labels["workflow"],
            day=date.fromisoformat(row.labels["day"]),
            items=done,
            requests=round(row.values["requests"] or 0),
            tokens=float(row.values["effective_tokens"] or 0),
            cost=float(row.values["cost"] or 0),
        )
        for row in use.rows
        if (done := items.get((row.labels["workflow"], row.labels["day"]), 0))
    )


def tokens_outside(connection: Connection, directory: Directory, period: Period, viewer: Viewer) -> dict[str, float]:
    """By team, the share of its own tokens that belong to no workflow, for the teams that the viewer may see."""
    whole = _run(connection, directory, Query(metrics=("tokens",), period=period, group_by=("team",)), viewer)
    parts = _run(
        connection, directory, Query(metrics=("tokens",), period=period, group_by=("team", "workflow")), viewer
    )
    if whole is None or parts is None:
        return {}
    total = {row.labels["team"]: row.values["tokens"] for row in whole.rows if not row.suppressed}
    outside = {
        row.labels["team"]: row.values["tokens"]
        for row in parts.rows
        if row.labels["workflow"] == NONE and not row.suppressed
    }
    return {
        team: float(tokens) / float(total[team] or 1)
        for team, tokens in outside.items()
        if tokens and total.get(team) and team != NONE
    }


def hidden_teams(
    connection: Connection, directory: Directory, period: Period, teams: Iterable[str], viewer: Viewer
) -> frozenset[str]:
    """Those of these teams whose work the viewer may not see: too small, or next to one that is."""
    asked = tuple(sorted({team for team in teams if team in directory.team}))
    if viewer.operator or not asked:
        return frozenset()
    try:
        result = run(connection, directory, _sizes(period, asked), viewer)
    except (Denied, NoData):
        return frozenset(asked)
    shown = {row.labels["team"] for row in result.rows if not row.suppressed}
    return frozenset(asked) - shown


def _sizes(period: Period, teams: tuple[str, ...]) -> Query:
    return Query(metrics=("headcount",), period=period, group_by=("team",), scopes=teams)


def _run(connection: Connection, directory: Directory, query: Query, viewer: Viewer = OPERATOR) -> Result | None:
    try:
        return run(connection, directory, query, viewer)
    except (NoData, Denied):
        return None
