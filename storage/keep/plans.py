"""Targets as they are in force, what an admin set of them and of budgets with its history, and dated events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Result, insert, select

from storage.keep.digests import aware
from storage.load.locking import lock_revision
from storage.tables import NANO, Budget, DatedEvent, MetricTarget
from storage.workspaces import bump_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSet:
    """One entry of the history: what somebody set when; None took back what was set."""

    scope: str
    name: str
    month: date
    amount: float | None
    currency: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInForce:
    """A value that a metric is to reach by a day."""

    scope: str
    name: str
    metric: str
    value: float
    by: date
    set_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSet:
    """One entry of the history of targets; None took back what was set."""

    scope: str
    name: str
    metric: str
    value: float | None
    by: date
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedEvent:
    """Something that happened on a day, to a team or ("") the whole organisation."""

    day: date
    name: str
    team: str


def set_budget(
    connection: Connection,
    workspace_id: int,
    *,
    scope: str,
    name: str,
    month: date,
    amount_nano: int | None,
    currency: str,
    by: str,
    now: datetime,
) -> None:
    """Keep what somebody set; None takes back what was set before, so that the file counts again."""
    values = {"scope": scope, "name": name, "month": month, "amount_nano": amount_nano, "currency": currency}
    _keep(connection, workspace_id, Budget, values, by, now)


def history(connection: Connection, workspace_id: int, limit: int) -> list[BudgetSet]:
    """What was set by somebody, the newest first."""
    return [
        BudgetSet(
            scope=row.scope,
            name=row.name,
            month=row.month,
            amount=None if row.amount_nano is None else row.amount_nano / NANO,
            currency=row.currency,
            set_by=row.set_by,
            set_at=aware(row.set_at),
        )
        for row in _set_by_somebody(connection, workspace_id, Budget, limit)
    ]


def targets(connection: Connection, workspace_id: int) -> list[TargetInForce]:
    """The targets in force, the nearest first; what somebody set comes before the file."""
    rows = select(*MetricTarget.__table__.columns).where(MetricTarget.workspace_id == workspace_id)
    of_file: dict[tuple[str, str, str, date], Any] = {}
    by_hand: dict[tuple[str, str, str, date], Any] = {}
    for row in connection.execute(rows.order_by(MetricTarget.id)):
        (of_file if row.set_at is None else by_hand)[row.scope, row.name, row.metric, row.by] = row
    found = of_file | {key: row for key, row in by_hand.items() if row.value is not None}
    return [
        TargetInForce(scope=row.scope, name=row.name, metric=row.metric, value=row.value, by=row.by, set_by=row.set_by)
        for row in sorted(found.values(), key=lambda row: (row.by, row.scope, row.name, row.metric))
    ]


def set_target(
    connection: Connection,
    workspace_id: int,
    *,
    scope: str,
    name: str,
    metric: str,
    value: float | None,
    due: date,
    by: str,
    now: datetime,
) -> None:
    """Keep the value that somebody set to be reached on a day; None takes back what was set before."""
    values = {"scope": scope, "name": name, "metric": metric, "value": value, "by": due}
    _keep(connection, workspace_id, MetricTarget, values, by, now)


def target_history(connection: Connection, workspace_id: int, limit: int) -> list[TargetSet]:
    """The targets that somebody set, the newest first."""
    return [
        TargetSet(
            scope=row.scope,
            name=row.name,
            metric=row.metric,
            value=row.value,
            by=row.by,
            set_by=row.set_by,
            set_at=aware(row.set_at),
        )
        for row in _set_by_somebody(connection, workspace_id, MetricTarget, limit)
    ]


def events(connection: Connection, workspace_id: int) -> list[NotedEvent]:
    """Every dated event, the oldest first."""
    rows = select(DatedEvent.day, DatedEvent.name, DatedEvent.team).where(DatedEvent.workspace_id == workspace_id)
    return [
        NotedEvent(day=day, name=name, team=team)
        for day, name, team in connection.execute(rows.order_by(DatedEvent.day, DatedEvent.id))
    ]


def _keep(
    connection: Connection,
    workspace_id: int,
    table: type[Budget] | type[MetricTarget],
    values: Mapping[str, Any],
    by: str,
    now: datetime,
) -> None:
    lock_revision(connection, workspace_id)
    connection.execute(insert(table).values(workspace_id=workspace_id, set_by=by, set_at=now.astimezone(UTC), **values))
    bump_revision(connection, workspace_id)


def _set_by_somebody(
    connection: Connection, workspace_id: int, table: type[Budget] | type[MetricTarget], limit: int
) -> Result[Any]:
    rows = (
        select(*table.__table__.columns)
        .where(table.workspace_id == workspace_id, table.set_at.is_not(None))
        .order_by(table.id.desc())
        .limit(limit)
    )
    return connection.execute(rows)
