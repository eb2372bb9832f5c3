"""Makes one row of those that came with one key, memory not holding them: their sum, the newest or the fullest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
)

from storage.load.fact_tables import FactTable
from storage.load.gathering import Repeats

Sql = ColumnElement[Any]


def any_twice(connection: Connection, facts: FactTable) -> bool:
    """Whether a key came twice in rows that were too many to be brought together in memory."""
    key = facts.incoming.c.feed_no, facts.incoming.c.key
    twice = select(*key).group_by(*key).having(func.count() > 1).limit(1)
    return connection.execute(twice).first() is not None


def bring_together(connection: Connection, facts: FactTable, repeats: Repeats) -> None:
    """Fill the staged table with one row a key."""
    said_again = exists().where(facts.incoming.c.once == 1)
    mixed = repeats is Repeats.ADD and connection.scalar(select(said_again)) is True
    rows = _one_row_a_key(facts, repeats, mixed)
    connection.execute(delete(facts.staged))
    names = [column.name for column in _told(facts.incoming)]
    connection.execute(insert(facts.staged).from_select(names, rows, include_defaults=False))


def _one_row_a_key(facts: FactTable, repeats: Repeats, mixed: bool) -> Select[Any]:
    """`mixed`: beside rows that add up there are some that are said again."""
    if repeats is not Repeats.ADD:
        return _said_again(facts, repeats)
    if not mixed:
        return _added(facts)
    return select(
        *union_all(_added(facts), _said_again(facts, Repeats.NEWEST, facts.incoming.c.once == 1)).subquery().c
    )


def _said_again(facts: FactTable, repeats: Repeats, *where: Sql) -> Select[Any]:
    """Of the rows of one key the newest, or the fullest."""
    incoming, kept = facts.incoming.c, _told(facts.incoming)
    key = [incoming.feed_no, incoming.key]
    best: list[Any] = [incoming.flush.desc()]
    if repeats is Repeats.FULLEST:
        tokens = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
        total: Any = sum((func.coalesce(incoming[name], 0) for name in tokens), start=literal(0))
        best = [func.coalesce(incoming.output_tokens, 0).desc(), total.desc(), *best]
    newest = func.row_number().over(partition_by=key, order_by=best)
    rows = func.sum(incoming.row_count).over(partition_by=key)
    ranked = (
        select(*kept[:-1], cast(rows, BigInteger).label("row_count"), newest.label("newest")).where(*where).subquery()
    )
    return select(*(ranked.c[column.name] for column in kept)).where(ranked.c.newest == 1)


def _added(facts: FactTable) -> Select[Any]:
    """The rows of one key added up, a count that no row reports staying null."""
    incoming, kept = facts.incoming.c, _told(facts.incoming)
    added = {*facts.sums, "unpriced_rows", "row_count"}
    columns: list[Any] = []
    for column in kept:
        if column.name in ("feed_no", "key"):
            columns.append(column)
            continue
        of_all = func.min if column.name == "cost_kind" else func.max  # the first kind tells what a sum is
        value: Any = of_all(column, type_=column.type)
        if column.name in added:
            value = cast(func.sum(column), BigInteger)
        if column.name == "requests":
            uncounted = and_(func.sum(column) == 0, func.count(column) < func.count())
            value = case((uncounted, None), else_=value)
        columns.append(value.label(column.name))
    return select(*columns).where(incoming.once == 0).group_by(incoming.feed_no, incoming.key)


def _told(incoming: Table) -> list[Any]:
    """What rows say, without what only the stage knows of them."""
    return [column for column in incoming.c if column.name not in ("flush", "fact_id", "old_day", "verdict")]
