"""Joins staged facts to the store: a plan made beside it, then statements that touch only what is new or changed.

The plan finds the fact that each staged key has and whether it differs. It is made without holding the store's lock;
where the store has moved on by the time the lock is held, it is made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
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
    or_,
    select,
    update,
)

from storage.load import staging
from storage.load.filling import Repeats
from storage.load.staging import STREAM, USAGE_SUMS, WORK_SUMS, days, streams, subjects
from storage.records import Period
from storage.tables import Identity, Person, Spell, Stream, UsageFact, WorkFact

UNCHANGED, NEW, CHANGED = 0, 1, 2
Sql = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Whose facts these are."""

    workspace_id: int
    source_id: int
    source: str


@dataclass(frozen=True, slots=True)
class FactTable:
    """What differs between merging usage and merging work."""

    incoming: Table
    staged: Table
    fact: Any
    sums: tuple[str, ...]
    plain: tuple[str, ...]  # the other columns that go over as they are


USAGE = FactTable(
    staging.usage_in,
    staging.usage,
    UsageFact,
    (*USAGE_SUMS, "cost_nano", "unpriced_tokens"),
    ("day", "at", "cost_kind"),
)
WORK = FactTable(staging.work_in, staging.work, WorkFact, WORK_SUMS, ("day", "workflow", "mode"))


def make_plan(connection: Connection, facts: FactTable, target: Target, repeats: Repeats) -> None:
    """One staged row a key, each with the fact it has in the store and its verdict."""
    fact, staged = facts.fact, _one_row_a_key(facts, repeats).subquery()
    source: FromClause = staged.outerjoin(
        fact,
        and_(
            fact.workspace_id == target.workspace_id,
            fact.source_id == target.source_id,
            fact.natural_key == staged.c.natural_key,
        ),
    )
    found: dict[str, Any] = {"fact_id": fact.id, "old_day": fact.day}
    if facts is USAGE:
        _resolve_names(connection, target)
        source, found["spell_id"] = _with_spell(source, staged, target), Spell.id
    differs = or_(*(getattr(fact, name).is_distinct_from(value) for name, value in _values(facts, staged).items()))
    found["verdict"] = case((fact.id.is_(None), NEW), (differs, CHANGED), else_=UNCHANGED)
    rows = select(*staged.c, *found.values()).select_from(source)
    connection.execute(delete(facts.staged))
    connection.execute(insert(facts.staged).from_select([*staged.c.keys(), *found], rows))


def mark_days(connection: Connection, facts: FactTable, target: Target, whole: Period | None) -> bool:
    """Note the days whose facts will differ; False where there is none."""
    staged = facts.staged
    connection.execute(delete(days))
    changing = [
        select(staged.c.day).where(staged.c.verdict != UNCHANGED),
        select(staged.c.old_day).where(staged.c.verdict == CHANGED),
    ]
    if whole:
        changing.append(select(facts.fact.day).where(*_vanished(facts, target, whole)))
    marked = changing[0].union(*changing[1:]).subquery()
    connection.execute(insert(days).from_select(["day"], select(marked.c[0])))
    return connection.scalar(select(exists().where(days.c.day.is_not(None)))) is True


def write_facts(connection: Connection, facts: FactTable, target: Target, load_id: int, now: datetime) -> None:
    """Bring the new and the changed facts in; mark the days first."""
    if facts is USAGE:
        _add_streams(connection, target)
    staged, fact = facts.staged, facts.fact
    values: dict[str, Any] = _values(facts, staged) | {"observed_at": literal(now), "load_id": literal(load_id)}
    joins: list[ColumnElement[bool]] = []
    if facts is USAGE:
        values["spell_id"] = staged.c.spell_id
        joins = [streams.c.no == staged.c.stream_no, subjects.c.no == staged.c.subject_no]
    connection.execute(
        update(fact).values(values).where(fact.id == staged.c.fact_id, staged.c.verdict == CHANGED, *joins)
    )
    values |= {
        "workspace_id": literal(target.workspace_id),
        "source_id": literal(target.source_id),
        "natural_key": staged.c.natural_key,
    }
    rows = select(*values.values()).where(staged.c.verdict == NEW, *joins)
    connection.execute(insert(fact).from_select([*values], rows, include_defaults=False))


def remove_vanished(connection: Connection, facts: FactTable, target: Target, whole: Period) -> int:
    """Delete the source's facts of these days that it no longer has; gives how many."""
    return connection.execute(delete(facts.fact).where(*_vanished(facts, target, whole))).rowcount


def _vanished(facts: FactTable, target: Target, whole: Period) -> Sequence[ColumnElement[bool]]:
    fact, staged = facts.fact, facts.staged
    return (
        fact.workspace_id == target.workspace_id,
        fact.source_id == target.source_id,
        fact.day.between(whole.start, whole.end),
        ~exists().where(staged.c.natural_key == fact.natural_key),
    )


def _one_row_a_key(facts: FactTable, repeats: Repeats) -> Select[Any]:
    incoming = facts.incoming.c
    kept = [column for column in incoming if column.name != "flush"]
    if repeats is Repeats.NEWEST:
        newest = func.row_number().over(partition_by=incoming.natural_key, order_by=incoming.flush.desc())
        rows = func.sum(incoming.row_count).over(partition_by=incoming.natural_key)
        ranked = select(*kept[:-1], cast(rows, BigInteger).label("row_count"), newest.label("newest")).subquery()
        return select(*(ranked.c[column.name] for column in kept)).where(ranked.c.newest == 1)
    added = {*facts.sums, "unpriced_rows", "row_count"}
    values = [
        cast(func.sum(column), BigInteger) if column.name in added else func.max(column, type_=column.type)
        for column in kept[1:]
    ]
    labelled = [value.label(column.name) for value, column in zip(values, kept[1:], strict=True)]
    return select(incoming.natural_key, *labelled).group_by(incoming.natural_key)


def _values(facts: FactTable, rows: Any) -> dict[str, Any]:
    values = {name: rows.c[name] for name in (*facts.plain, *facts.sums)}
    if facts is USAGE:
        values |= {"subject": subjects.c.subject, "stream_id": streams.c.stream_id}
    return values


def _with_spell(source: FromClause, staged: Any, target: Target) -> FromClause:
    in_spell = and_(
        Spell.workspace_id == target.workspace_id,
        Spell.person_id == subjects.c.person_id,
        staged.c.day.between(Spell.start_day, Spell.end_day),
    )
    return (
        source.join(streams, streams.c.no == staged.c.stream_no)
        .join(subjects, subjects.c.no == staged.c.subject_no)
        .outerjoin(Spell, in_spell)
    )


def _resolve_names(connection: Connection, target: Target) -> None:
    identity = select(Identity.person_id).where(
        Identity.workspace_id == target.workspace_id,
        Identity.source == target.source,
        Identity.subject == subjects.c.subject,
    )
    by_email = select(Person.id).where(Person.workspace_id == target.workspace_id, Person.email == subjects.c.subject)
    person = func.coalesce(identity.scalar_subquery(), by_email.scalar_subquery())
    connection.execute(update(subjects).values(person_id=person))
    connection.execute(update(streams).values(stream_id=_stream_id(target)))


def _stream_id(target: Target) -> Sql:
    same = (getattr(Stream, name) == streams.c[name] for name in STREAM)
    return select(Stream.id).where(Stream.workspace_id == target.workspace_id, *same).scalar_subquery()


def _add_streams(connection: Connection, target: Target) -> None:
    missing = (
        select(literal(target.workspace_id), *(streams.c[name] for name in STREAM))
        .where(streams.c.stream_id.is_(None))
        .distinct()
    )
    connection.execute(insert(Stream).from_select(["workspace_id", *STREAM], missing))
    connection.execute(update(streams).where(streams.c.stream_id.is_(None)).values(stream_id=_stream_id(target)))
