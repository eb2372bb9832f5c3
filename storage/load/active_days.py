"""On which days somebody was active in their own work, a bit a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    cast,
    delete,
    distinct,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from storage.engine import inserting
from storage.load.staging import marks
from storage.records import Ledger
from storage.tables import BLOCK, EPOCH, ActiveDays, Stream, UsageDaily


def mark_active(connection: Connection, workspace_id: int, days: Any, spells: Any = None) -> None:
    """Set the bits of these days for those who are active on them, clear the others'; only of `spells`, if given."""
    a, u = ActiveDays, UsageDaily
    told = () if spells is None else (u.spell_id.in_(spells),)
    held = () if spells is None else (a.spell_id.in_(spells),)
    for block, chosen in _blocks(connection, days):
        _clear_bits(connection, workspace_id, block, chosen, *held)
        _set_bits(connection, workspace_id, block, _bits(block, _active(workspace_id, chosen, *told)))
        connection.execute(delete(a).where(a.workspace_id == workspace_id, a.block == block, *held, a.days == 0))


def stage_active(connection: Connection, workspace_id: int, days: Collection[date], above: int) -> None:
    """Stage the bits of these days as the daily rollup's rows with ids above that have them."""
    for block, chosen in _blocks(connection, days):
        told = _bits(block, _active(workspace_id, chosen, UsageDaily.id > above)).subquery("told").c
        rows = select(literal(block), told.spell_id, told.days)
        connection.execute(insert(marks).from_select(["block", "spell_id", "days"], rows))


def put_active(connection: Connection, workspace_id: int, days: Collection[date]) -> None:
    """Put the bits that are staged in the place of those of these days."""
    a = ActiveDays
    for block, chosen in _blocks(connection, days):
        _clear_bits(connection, workspace_id, block, chosen)
        bits = select(marks.c.spell_id, marks.c.days).where(marks.c.block == block)
        _set_bits(connection, workspace_id, block, bits)
        connection.execute(delete(a).where(a.workspace_id == workspace_id, a.block == block, a.days == 0))


def add_active(connection: Connection, workspace_id: int, active: Any) -> None:
    """Set the bits of further spells and days; `active` is a SELECT of both."""
    rows = active.subquery("active").c
    for block, chosen in _blocks(connection, select(rows.day).distinct()):
        some = select(rows.spell_id, rows.day).where(rows.day.in_(chosen))
        _set_bits(connection, workspace_id, block, _bits(block, some))


def _active(workspace_id: int, days: Collection[date], *told: Any) -> Select[int | None, date]:
    """Spells and days with active use of people's own work."""
    u = UsageDaily
    return (
        select(u.spell_id, u.day)
        .join(Stream, Stream.id == u.stream_id)
        .where(u.workspace_id == workspace_id, u.day.in_(days), u.spell_id.is_not(None), u.active_facts > 0)
        .where(Stream.ledger == Ledger.WORKFORCE.value, *told)
    )


def _bits(block: int, active: Select[int | None, date]) -> Select[Any]:
    told = active.subquery("told").c
    bit = literal(1, BigInteger).op("<<")(cast(told.day, Integer) - block * BLOCK)
    return select(told.spell_id, cast(func.sum(distinct(bit)), BigInteger).label("days")).group_by(told.spell_id)


def _clear_bits(connection: Connection, workspace_id: int, block: int, days: Collection[date], *held: Any) -> None:
    a, bits = ActiveDays, sum(1 << _number(day) % BLOCK for day in {*days})
    marked = update(a).where(a.workspace_id == workspace_id, a.block == block, *held, a.days.bitwise_and(bits) != 0)
    connection.execute(marked.values(days=a.days.bitwise_and(~bits)))


def _set_bits(connection: Connection, workspace_id: int, block: int, bits: Select[Any]) -> None:
    a, told = ActiveDays, bits.subquery("bits").c
    # SQLite takes the ON of a conflict for that of a join without a WHERE before it.
    rows = select(literal(workspace_id), literal(block), told.spell_id, told.days).where(true())
    fresh = inserting(connection, a).from_select(["workspace_id", "block", "spell_id", "days"], rows)
    both = {"days": a.days.bitwise_or(fresh.excluded.days)}
    connection.execute(fresh.on_conflict_do_update(index_elements=[a.workspace_id, a.block, a.spell_id], set_=both))


def _blocks(connection: Connection, days: Any) -> list[tuple[int, list[date]]]:
    listed = sorted(connection.scalars(days) if isinstance(days, Select) else days)
    return [(block, [*some]) for block, some in groupby(listed, lambda day: _number(day) // BLOCK)]


def _number(day: date) -> int:
    return day.toordinal() - EPOCH
