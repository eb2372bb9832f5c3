"""Brings the rollups of usage along by what a load changes, where that is little beside the facts of its days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    String,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from storage.catalogue.daily import COUNTS, SUMS, count_of, currency, daily_sums, name_of_kind
from storage.load.active_days import add_active, mark_active
from storage.load.fact_tables import FactTable
from storage.load.merging import Leave, changed_facts, keep_before, new_facts
from storage.load.overlaps import may_overlap
from storage.load.rollups import rebuild_usage
from storage.load.staging import CHANGED, NEW, cells, days, shifts
from storage.records import Ledger
from storage.tables import Pricing, Spell, Stream, UsageByRole, UsageByStream, UsageByTeam, UsageDaily, UsageFact
from storage.tables.declaring import aliased

ROLLUPS = (UsageDaily, UsageByStream, UsageByTeam, UsageByRole)
MAY_BE_UNSAID = (*COUNTS, "list_nano")  # null where none of a row's facts reports them
LITTLE = 4  # times as many facts have the days that a load changes little of
TAKEN_OFF, ADDED = -1, 1
Sql = ColumnElement[Any]


def changes_little(connection: Connection, facts: FactTable, workspace_id: int) -> bool:
    """Whether the marked days have many times as many facts as the load brings, and each fact counts by itself."""
    if not facts.is_usage or may_overlap(connection, workspace_id):
        return False
    coming = select(func.count()).select_from(facts.staged).where(facts.staged.c.verdict.in_((NEW, CHANGED)))
    held = select(func.sum(UsageByStream.facts)).where(
        UsageByStream.workspace_id == workspace_id, UsageByStream.day.in_(select(days.c.day))
    )
    return LITTLE * (connection.scalar(coming) or 0) < (connection.scalar(held) or 0)


def note_facts(connection: Connection, which: Sql, sign: int) -> None:
    """Note what the rollups sum up of these facts, to be taken off or added."""
    f, own, what = UsageFact, aliased(Stream), aliased(Stream)
    sums: dict[str, Any] = {name: count_of(f, name) for name in MAY_BE_UNSAID} | daily_sums(f) | {"facts": literal(1)}
    values = {
        "sign": literal(sign),
        "day": f.day,
        "currency": currency(),
        "cost_kind": name_of_kind(f.cost_kind),
        "spell_id": f.spell_id,
        "stream_id": what.id,
        "team_id": Spell.team_id,
        **{name: getattr(Spell, name) for name in ("kind", "title", "location")},
        **{name: getattr(what, name) for name in ("tool", "mode", "ledger")},
        **{name: sums[name] if sign == ADDED else -sums[name] for name in SUMS},
    }
    rows = (
        select(*values.values())
        .select_from(f)
        .join(own, own.id == f.stream_id)
        .join(what, what.id == func.coalesce(own.canonical_id, own.id))
        .outerjoin(Spell, Spell.id == f.spell_id)
        .outerjoin(Pricing, Pricing.id == f.pricing_id)
        .where(which)
    )
    connection.execute(insert(shifts).from_select([*values], rows, include_defaults=False))


def leaving(connection: Connection, facts: FactTable, load_id: int | None, noted: bool) -> Leave:
    """What is done with facts before they change or go: kept as past of the load, if any, and noted for the rollups."""

    def leave(which: ColumnElement[bool]) -> None:
        if load_id is not None:
            keep_before(connection, facts, load_id, which)
        if noted:
            note_facts(connection, which, TAKEN_OFF)

    return leave


def bring_along(connection: Connection, facts: FactTable, workspace_id: int, analyse: Callable[[], None]) -> None:
    """Bring the rollups to what the load has written; of days where that cannot be told they are made again."""
    for which in (changed_facts(connection, facts), new_facts(facts)):
        note_facts(connection, which, ADDED)
    unsure = _unsure_days(connection)
    connection.execute(delete(shifts).where(shifts.c.day.in_(unsure)))
    analyse()
    for rollup in ROLLUPS:
        _add(connection, workspace_id, rollup)
    _bring_active(connection, workspace_id)
    rebuild_usage(connection, workspace_id, unsure)


def _bring_active(connection: Connection, workspace_id: int) -> None:
    """Mark the days on which somebody is active now; only of those who may be no longer all use is looked at."""
    s = shifts.c
    people = s.spell_id.is_not(None), s.ledger == Ledger.WORKFORCE.value
    moved = select(s.spell_id, s.day).where(*people).group_by(s.day, s.spell_id, s.stream_id)
    add_active(connection, workspace_id, moved.having(func.sum(s.active_facts) > 0))
    fewer = moved.having(func.sum(s.active_facts) < 0).subquery("fewer").c
    if days_of_fewer := connection.scalars(select(fewer.day).distinct()).all():
        mark_active(connection, workspace_id, days_of_fewer, select(fewer.spell_id))


def _unsure_days(connection: Connection) -> Sequence[date]:
    """The days on which a count may be reported by nobody any more, which is not 0."""
    s = shifts.c

    def told(name: str, sign: int) -> Sql:
        return func.sum(case((and_(s.sign == sign, s[name].is_not(None)), 1), else_=0))

    lost = or_(*(and_(told(name, TAKEN_OFF) > 0, told(name, ADDED) == 0) for name in MAY_BE_UNSAID))
    cell = select(s.day).group_by(*(s[name] for name in _keys(UsageDaily))).having(lost).subquery()
    return connection.scalars(select(cell.c.day).distinct()).all()


def _add(connection: Connection, workspace_id: int, rollup: Any) -> None:
    """Put the sums of the old rows and the shifts in place of the rows that they shift."""
    keys, columns = _keys(rollup), rollup.__table__.c
    named = select(*(_comparable(shifts.c[name]) for name in keys))
    mine = (
        rollup.workspace_id == workspace_id,
        rollup.day.in_(select(shifts.c.day)),
        tuple_(*(_comparable(columns[name]) for name in keys)).in_(named),
    )
    connection.execute(delete(cells))
    old = select(*(columns[name] for name in ("id", *keys, *SUMS))).where(*mine)
    connection.execute(insert(cells).from_select(["id", *keys, *SUMS], old, include_defaults=False))
    connection.execute(delete(rollup).where(rollup.id.in_(select(cells.c.id))))
    told = [select(*(rows.c[name] for name in (*keys, *SUMS))) for rows in (cells, shifts)]
    both = union_all(*told).subquery("told").c
    sums = {name: cast(func.sum(both[name]), BigInteger) for name in SUMS}
    grouped = [both[name] for name in keys]
    summed = select(literal(workspace_id), *grouped, *sums.values()).group_by(*grouped).having(sums["facts"] > 0)
    connection.execute(insert(rollup).from_select(["workspace_id", *keys, *SUMS], summed, include_defaults=False))


def _keys(rollup: Any) -> list[str]:
    return [column.name for column in rollup.__table__.c if column.name not in ("id", "workspace_id", *SUMS)]


def _comparable(column: Any) -> Sql:
    """A part of a key, so that nothing equals nothing; what else it then equals is only summed up beside it."""
    if isinstance(column.type, (Integer, BigInteger)):
        return func.coalesce(column, 0)
    return func.coalesce(column, "") if isinstance(column.type, String) else column
