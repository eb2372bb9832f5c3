"""The daily rollups: made again for whole days, in the transaction that changed the facts of these days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
)

from storage.catalogue.daily import COUNTS, Counted, count_of, currency, daily_sums, name_of_kind
from storage.load.overlaps import mark_overlaps, may_overlap
from storage.load.staging import WORK_SUMS
from storage.load.summaries import summarise
from storage.tables import Pricing, Stream, UsageDaily, UsageFact, WorkDaily, WorkFact

Days = Select[tuple[date]]
T = TypeVar("T")
CHUNK = 500  # values in one IN list


def rebuild_usage(
    connection: Connection, workspace_id: int, days: Days | Collection[date], above: int | None = None
) -> None:
    """Make the usage rollups of these days from their facts.

    With `above`, the highest id of the daily one, new rows stand beside the old ones, and who is active is left out.
    """
    f = UsageFact
    once = Counted() if may_overlap(connection, workspace_id) else None
    if once:
        mark_overlaps(connection, workspace_id, days)
    sums = {name: _sum(getattr(once, name) if once else count_of(f, name)) for name in (*COUNTS, "list_nano")}
    sums |= {name: _sum(sql) for name, sql in (once.daily_sums() if once else daily_sums(f)).items()}
    sums["facts"] = cast(func.count(), BigInteger)
    keys = (f.day, f.spell_id, f.stream_id, f.pricing_id, once.kind if once else f.cost_kind)

    def by_name(summed: Subquery) -> tuple[FromClause, dict[str, Any]]:
        # Names are put in place of numbers once a group, not once a fact.
        s = summed.c
        rows = summed.join(Stream, Stream.id == s.stream_id).outerjoin(Pricing, Pricing.id == s.pricing_id)
        plain = {name: s[name] for name in ("day", "spell_id", *sums)}
        named = {"stream_id": func.coalesce(Stream.canonical_id, Stream.id), "currency": currency()}
        return rows, plain | named | {"cost_kind": name_of_kind(s.cost_kind)}

    _rebuild(connection, workspace_id, UsageDaily, f, keys, sums, days, by_name, beside=above is not None)
    rebuild_summaries(connection, workspace_id, days, above)


def rebuild_summaries(
    connection: Connection, workspace_id: int, days: Days | Collection[date], above: int | None = None
) -> None:
    """Make the coarser rollups of usage of these days, where the finest one is right already."""
    for chosen in in_pieces(days):
        summarise(connection, workspace_id, chosen, above)


def rebuild_work(connection: Connection, workspace_id: int, days: Days | Collection[date]) -> None:
    """Make the work rollup of these days from their facts."""
    f = WorkFact
    sums = {name: _sum(getattr(f, name)) for name in WORK_SUMS}
    keys = (f.day, f.workflow, f.mode)
    _rebuild(connection, workspace_id, WorkDaily, f, keys, sums, days, lambda summed: (summed, dict(summed.c.items())))


def chunks(values: Collection[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that fit into one statement."""
    listed = [*values]
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def in_pieces(days: Days | Collection[date]) -> Iterable[Any]:
    """The days as what IN takes: a SELECT, or lists that fit into a statement."""
    return [days] if isinstance(days, Select) else chunks(days)


def _rebuild(
    connection: Connection,
    workspace_id: int,
    daily: Any,
    fact: Any,
    keys: Sequence[Any],
    sums: dict[str, ColumnElement[Any]],
    days: Days | Collection[date],
    shape: Callable[[Subquery], tuple[FromClause, dict[str, Any]]],
    beside: bool = False,
) -> None:
    for chosen in in_pieces(days):
        if not beside:
            connection.execute(delete(daily).where(daily.workspace_id == workspace_id, daily.day.in_(chosen)))
        summed = (
            select(*keys, *(sql.label(name) for name, sql in sums.items()))
            .where(fact.workspace_id == workspace_id, fact.day.in_(chosen))
            .group_by(*keys)
            .subquery("summed")
        )
        source, columns = shape(summed)
        rows = select(literal(workspace_id), *columns.values()).select_from(source)
        connection.execute(insert(daily).from_select(["workspace_id", *columns], rows, include_defaults=False))


def _sum(column: Any) -> ColumnElement[Any]:
    return cast(func.sum(column), BigInteger)
