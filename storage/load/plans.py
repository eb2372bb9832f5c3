"""Budgets, targets and dated events of files: each the whole truth of its file, beside what somebody set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from storage.load.filling import nano
from storage.load.locking import lock_revision
from storage.load.organisation import Replaced
from storage.plan_records import BudgetRecord, EventRecord, TargetRecord
from storage.tables import Budget, DatedEvent, MetricTarget
from storage.workspaces import bump_revision

Key = tuple[Any, ...]


def save_budgets(connection: Connection, workspace_id: int, budgets: Sequence[BudgetRecord]) -> Replaced:
    """Make these the file's budgets; of two of one scope, name and month the later row counts."""
    wanted = {
        (str(budget.scope), budget.name, budget.month): (nano(budget.amount), budget.currency) for budget in budgets
    }
    names = ("scope", "name", "month", "amount_nano", "currency")
    return _replace(connection, workspace_id, Budget, names, wanted, Budget.set_at.is_(None))


def save_targets(connection: Connection, workspace_id: int, targets: Sequence[TargetRecord]) -> Replaced:
    """Make these the file's targets; of two of one scope, name, metric and day the later row counts."""
    wanted = {(str(target.scope), target.name, target.metric, target.by): (target.value,) for target in targets}
    names = ("scope", "name", "metric", "by", "value")
    return _replace(connection, workspace_id, MetricTarget, names, wanted, MetricTarget.set_at.is_(None))


def save_events(connection: Connection, workspace_id: int, events: Sequence[EventRecord]) -> Replaced:
    """Make these the events; one said twice is one."""
    wanted: dict[Key, Key] = {(event.day, event.name, event.team): () for event in events}
    return _replace(connection, workspace_id, DatedEvent, ("day", "name", "team"), wanted)


def _replace(
    connection: Connection,
    workspace_id: int,
    table: type[Any],
    names: Sequence[str],
    wanted: dict[Key, Key],
    *of_file: ColumnElement[bool],
) -> Replaced:
    """Bring the file's rows of a table to `wanted`, which holds them by their key: the columns that come first."""
    lock_revision(connection, workspace_id)
    mine = (table.workspace_id == workspace_id, *of_file)
    rows = [tuple(row) for row in connection.execute(select(*(getattr(table, name) for name in names)).where(*mine))]
    size = len(next(iter(wanted), ()))
    held = {row[:size]: row[size:] for row in rows} if size else {row: () for row in rows}
    known = held.keys() & wanted.keys()
    result = Replaced(
        new=len(wanted.keys() - held.keys()),
        changed=sum(held[key] != wanted[key] for key in known),
        unchanged=sum(held[key] == wanted[key] for key in known),
        removed=len(held.keys() - wanted.keys()),
    )
    if result.differs:
        connection.execute(delete(table).where(*mine))
        fresh = [
            {"workspace_id": workspace_id, **dict(zip(names, (*key, *rest), strict=True))}
            for key, rest in sorted(wanted.items(), key=str)
        ]
        if fresh:
            connection.execute(insert(table), fresh)
        bump_revision(connection, workspace_id)
    return result
