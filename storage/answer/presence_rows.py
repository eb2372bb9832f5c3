"""The rows that presence is made of: spells, streams, and the days on which each spell has use of each stream."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, Select, cast, func, literal, or_, select

from storage.answer.shaped_facts import shaped_facts
from storage.catalogue import DIMENSIONS
from storage.catalogue.daily import tokens_of
from storage.catalogue.measures import is_person
from storage.tables import BLOCK, EPOCH, Allocation, Source, Spell, Stream, UsageDaily

People = int  # a set of people, one bit each


class SpellSeen(NamedTuple):
    """A spell of the roster; `person` is the bit of who it is of, 0 for an agent. Days are those since 1970."""

    id: int
    person: People
    person_id: int
    team_id: int
    title: str
    kind: str
    location: str
    first: int
    last: int


class StreamSeen(NamedTuple):
    """What usage can be of; the last four are told apart only where a question asks for them."""

    id: int
    tool: str
    provider: str
    model: str
    mode: str
    workflow: str
    ledger: str
    source: str = ""
    project: str = ""
    cost_center: str = ""
    repository: str = ""


def number_of(day: date) -> int:
    """A day as its number since 1970."""
    return day.toordinal() - EPOCH


def spells_of(connection: Connection, workspace_id: int) -> tuple[SpellSeen, ...]:
    s = Spell
    rows = connection.execute(
        select(
            s.id,
            s.person_id,
            s.team_id,
            s.title,
            s.kind,
            s.location,
            s.start_day,
            s.end_day,
            is_person.label("is_person"),
        )
        .where(s.workspace_id == workspace_id)
        .order_by(s.id)
    ).all()
    # A person's bit is that of their first spell, so that most sets of spells are sets of people as they are.
    bits = {row.person_id: 1 << place for place, row in reversed([*enumerate(rows)])}
    return tuple(
        SpellSeen(
            id=row.id,
            person=bits[row.person_id] if row.is_person else 0,
            person_id=row.person_id,
            team_id=row.team_id,
            title=row.title,
            kind=row.kind,
            location=row.location,
            first=number_of(row.start_day),
            last=number_of(row.end_day),
        )
        for row in rows
    )


def streams_of(connection: Connection, workspace_id: int, told_apart: tuple[str, ...] = ()) -> tuple[StreamSeen, ...]:
    s = Stream
    rows = connection.execute(
        select(s.id, s.tool, s.provider, s.model, s.mode, s.workflow, s.ledger)
        .where(s.workspace_id == workspace_id)
        .order_by(s.id)
    ).all()
    if not told_apart:
        return tuple(StreamSeen(*row) for row in rows)
    u = shaped_facts().c
    apart = _joined(select(u.stream_id, *_names(told_apart)).where(u.workspace_id == workspace_id), told_apart)
    plain = {row.id: row for row in rows}
    return tuple(
        StreamSeen(*plain[id_], **dict(zip(told_apart, names, strict=True)))
        for id_, *names in sorted(tuple(row) for row in connection.execute(apart.distinct()))
    )


def _names(told_apart: tuple[str, ...]) -> list[ColumnElement[str]]:
    """The columns that streams are told apart by, each under the name of its dimension."""
    return [func.coalesce(DIMENSIONS[name].usage, "").label(name) for name in told_apart]


def _joined(rows: Select[Any], told_apart: tuple[str, ...]) -> Select[Any]:
    """Facts with where these names stand."""
    u = shaped_facts().c
    if "source" in told_apart:
        rows = rows.join(Source, Source.id == u.source_id)
    return rows.outerjoin(Allocation, Allocation.id == u.allocation_id) if {*told_apart} - {"source"} else rows


def uses_of(workspace_id: int, block: int, told_apart: tuple[str, ...] = ()) -> Select[Any]:
    """Each spell and stream with the days of a block on which there is use, as bits."""
    u: Any = shaped_facts().c if told_apart else UsageDaily
    first = block * BLOCK + EPOCH
    rows = select(u.spell_id, u.stream_id, *_names(told_apart), cast(u.day, Integer).label("day")).where(
        u.workspace_id == workspace_id,
        u.day.between(date.fromordinal(first), date.fromordinal(first + BLOCK - 1)),
        u.spell_id.is_not(None),
        or_(tokens_of(u) > 0, u.active_facts > 0, u.suggested > 0, u.cost_nano != 0),
    )
    rows = _joined(rows, told_apart)
    # A day may have several rows, of several currencies and kinds of cost; its bit is added once.
    seen = rows.distinct().subquery("seen")
    bit = literal(1, BigInteger).op("<<")(cast(seen.c.day - block * BLOCK, Integer))
    keys = (seen.c.spell_id, seen.c.stream_id, *(seen.c[name] for name in told_apart))
    return select(*keys, func.sum(bit)).group_by(*keys)
