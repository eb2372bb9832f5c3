"""The daily rollups: made again for whole days, in the transaction that changed the facts of these days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
)

from storage.catalogue.daily import COUNTS, currency, daily_sums
from storage.load.staging import WORK_SUMS
from storage.tables import Pricing, Stream, UsageDaily, UsageFact, WorkDaily, WorkFact

Days = Select[tuple[date]]
T = TypeVar("T")
CHUNK = 500  # values in one IN list


def rebuild_usage(connection: Connection, workspace_id: int, days: Days | Collection[date]) -> None:
    """Make the usage rollup of these days from their facts."""
    f = UsageFact
    sums = {name: _sum(getattr(f, name)) for name in (*COUNTS, "list_nano")}
    sums |= {name: _sum(sql) for name, sql in daily_sums(f).items()}
    sums["facts"] = cast(func.count(), BigInteger)
    keys = {
        "day": f.day,
        "spell_id": f.spell_id,
        "stream_id": func.coalesce(Stream.canonical_id, Stream.id),
        "currency": currency(),
        "cost_kind": f.cost_kind,
    }
    rows = f.__table__.join(Stream, Stream.id == f.stream_id).outerjoin(Pricing, Pricing.id == f.pricing_id)
    _rebuild(connection, workspace_id, UsageDaily, f, rows, keys, sums, days)


def rebuild_work(connection: Connection, workspace_id: int, days: Days | Collection[date]) -> None:
    """Make the work rollup of these days from their facts."""
    f = WorkFact
    sums = {name: _sum(getattr(f, name)) for name in WORK_SUMS}
    keys = {"day": f.day, "workflow": f.workflow, "mode": f.mode}
    _rebuild(connection, workspace_id, WorkDaily, f, f.__table__, keys, sums, days)


def chunks(values: Collection[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that fit into one statement."""
    listed = [*values]
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def _rebuild(
    connection: Connection,
    workspace_id: int,
    daily: Any,
    fact: Any,
    rows: FromClause,
    keys: Mapping[str, Any],
    sums: dict[str, ColumnElement[Any]],
    days: Days | Collection[date],
) -> None:
    for chosen in [days] if isinstance(days, Select) else chunks(days):
        connection.execute(delete(daily).where(daily.workspace_id == workspace_id, daily.day.in_(chosen)))
        summed = (
            select(fact.workspace_id, *(key.label(f"by_{name}") for name, key in keys.items()), *sums.values())
            .select_from(rows)
            .where(fact.workspace_id == workspace_id, fact.day.in_(chosen))
            .group_by(fact.workspace_id, *(literal_column(f"by_{name}") for name in keys))
        )
        names = ["workspace_id", *keys, *sums]
        connection.execute(insert(daily).from_select(names, summed, include_defaults=False))


def _sum(column: Any) -> ColumnElement[Any]:
    return cast(func.sum(column), BigInteger)
