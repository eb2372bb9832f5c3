"""The coarser rollups of usage: sums of the daily one and who was active, made again for whole days with it."""

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
from storage.records import Ledger
from storage.tables import BLOCK, EPOCH, ActiveDays, Spell, Stream, UsageByRole, UsageByStream, UsageByTeam, UsageDaily
from storage.tables.usage import UsageSums

KEYS = ("day", "currency", "cost_kind")
SUMS = tuple(
    column.name
    for column in UsageByStream.__table__.columns
    if hasattr(UsageSums, column.name) and column.name not in KEYS
)


def summarise(connection: Connection, workspace_id: int, days: Any) -> None:
    """Make the coarser rollups of these days from the daily one; `days` is what IN takes: a SELECT or a few days."""
    u, who, what = UsageDaily, Spell, Stream
    for summary, keys in (
        (UsageByStream, (u.stream_id, who.kind)),
        (UsageByTeam, (who.team_id, who.kind, what.tool, what.mode, what.ledger)),
        (UsageByRole, (who.title, who.location, who.kind, what.tool, what.mode, what.ledger)),
    ):
        connection.execute(delete(summary).where(summary.workspace_id == workspace_id, summary.day.in_(days)))
        grouped: list[Any] = [*(getattr(u, name) for name in KEYS), *keys]
        sums = {name: cast(func.sum(getattr(u, name)), BigInteger) for name in SUMS}
        rows = (
            select(literal(workspace_id), *grouped, *sums.values())
            .select_from(u)
            .join(Stream, Stream.id == u.stream_id)
            .outerjoin(Spell, Spell.id == u.spell_id)
            .where(u.workspace_id == workspace_id, u.day.in_(days))
            .group_by(*grouped)
        )
        names = ["workspace_id", *(column.key for column in grouped), *sums]
        connection.execute(insert(summary).from_select(names, rows, include_defaults=False))
    mark_active(connection, workspace_id, days)


def mark_active(connection: Connection, workspace_id: int, days: Any, spells: Any = None) -> None:
    """Set the bits of these days for those who are active on them, clear the others'; only of `spells`, if given."""
    a, u = ActiveDays, UsageDaily
    told = () if spells is None else (u.spell_id.in_(spells),)
    held = () if spells is None else (a.spell_id.in_(spells),)
    for block, chosen in _blocks(connection, days):
        bits = sum(1 << _number(day) % BLOCK for day in {*chosen})
        mine = a.workspace_id == workspace_id, a.block == block, *held
        marked = update(a).where(*mine, a.days.bitwise_and(bits) != 0)
        connection.execute(marked.values(days=a.days.bitwise_and(~bits)))
        active = (
            select(u.spell_id, u.day)
            .join(Stream, Stream.id == u.stream_id)
            .where(u.workspace_id == workspace_id, u.day.in_(chosen), u.spell_id.is_not(None), u.active_facts > 0)
            .where(Stream.ledger == Ledger.WORKFORCE.value, *told)
        )
        _set_bits(connection, workspace_id, block, active)
        connection.execute(delete(a).where(*mine, a.days == 0))


def add_active(connection: Connection, workspace_id: int, active: Any) -> None:
    """Set the bits of further spells and days; `active` is a SELECT of both."""
    rows = active.subquery("active").c
    for block, chosen in _blocks(connection, select(rows.day).distinct()):
        _set_bits(connection, workspace_id, block, select(rows.spell_id, rows.day).where(rows.day.in_(chosen)))


def _set_bits(connection: Connection, workspace_id: int, block: int, active: Any) -> None:
    a, told = ActiveDays, active.subquery("told").c
    bit = literal(1, BigInteger).op("<<")(cast(told.day, Integer) - block * BLOCK)
    days = cast(func.sum(distinct(bit)), BigInteger)
    # SQLite takes the ON of a conflict for that of a join without a WHERE before it.
    rows = select(literal(workspace_id), literal(block), told.spell_id, days).where(true()).group_by(told.spell_id)
    fresh = inserting(connection, a).from_select(["workspace_id", "block", "spell_id", "days"], rows)
    both = {"days": a.days.bitwise_or(fresh.excluded.days)}
    connection.execute(fresh.on_conflict_do_update(index_elements=[a.workspace_id, a.block, a.spell_id], set_=both))


def _blocks(connection: Connection, days: Any) -> list[tuple[int, list[date]]]:
    listed = sorted(connection.scalars(days) if isinstance(days, Select) else days)
    return [(block, [*some]) for block, some in groupby(listed, lambda day: _number(day) // BLOCK)]


def _number(day: date) -> int:
    return day.toordinal() - EPOCH


def days_of_spells(connection: Connection, workspace_id: int, spells: Collection[int]) -> set[date]:
    """The days with use in these spells, a few hundred of them."""
    u = UsageDaily
    first, last = connection.execute(
        select(func.min(Spell.start_day), func.max(Spell.end_day)).where(Spell.id.in_(spells))
    ).one()
    mine = u.workspace_id == workspace_id, u.day.between(first, last), u.spell_id.in_(spells)
    return set(connection.scalars(select(u.day).where(*mine).distinct()))
