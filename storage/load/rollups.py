"""The daily rollups: made again for whole days, in the transaction that changed the facts of these days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, case, cast, delete, func, insert, or_, select

from storage.load.staging import USAGE_SUMS, WORK_SUMS
from storage.records import CostKind
from storage.tables import UsageDaily, UsageFact, WorkDaily, WorkFact

Days = Select[tuple[date]]
T = TypeVar("T")
CHUNK = 500  # values in one IN list


def rebuild_usage(connection: Connection, workspace_id: int, days: Days | Collection[date]) -> None:
    """Make the usage rollup of these days from their facts."""
    f = UsageFact
    sums = {name: _sum(getattr(f, name)) for name in (*USAGE_SUMS, "unpriced_tokens")}
    # What a seat covers costs nothing, even where its source puts a price on it.
    sums["cost_nano"] = _sum(case((f.cost_kind == CostKind.SEAT.value, 0), else_=func.coalesce(f.cost_nano, 0)))
    for kind in CostKind:
        sums[f"{kind.value}_facts"] = _count(f.cost_kind == kind.value)
    sums["unpriced_facts"] = _count(or_(f.cost_nano.is_(None), f.unpriced_tokens > 0))
    _rebuild(connection, workspace_id, UsageDaily, f, (f.day, f.spell_id, f.stream_id), sums, days)


def rebuild_work(connection: Connection, workspace_id: int, days: Days | Collection[date]) -> None:
    """Make the work rollup of these days from their facts."""
    f = WorkFact
    sums = {name: _sum(getattr(f, name)) for name in WORK_SUMS}
    _rebuild(connection, workspace_id, WorkDaily, f, (f.day, f.workflow, f.mode), sums, days)


def chunks(values: Collection[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that fit into one statement."""
    listed = [*values]
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def _rebuild(
    connection: Connection,
    workspace_id: int,
    daily: Any,
    fact: Any,
    keys: Sequence[Any],
    sums: dict[str, ColumnElement[Any]],
    days: Days | Collection[date],
) -> None:
    for chosen in [days] if isinstance(days, Select) else chunks(days):
        connection.execute(delete(daily).where(daily.workspace_id == workspace_id, daily.day.in_(chosen)))
        rows = (
            select(fact.workspace_id, *keys, *sums.values())
            .where(fact.workspace_id == workspace_id, fact.day.in_(chosen))
            .group_by(fact.workspace_id, *keys)
        )
        names = ["workspace_id", *(key.key for key in keys), *sums]
        connection.execute(insert(daily).from_select(names, rows, include_defaults=False))


def _sum(column: Any) -> ColumnElement[Any]:
    return cast(func.sum(column), BigInteger)


def _count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return _sum(case((condition, 1), else_=0))
