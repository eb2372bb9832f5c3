"""Takes loads back exactly: the store is then as if the load had never been.

Where a load changed or removed a fact, what it was before lies beside the facts; where a later load changed it again,
that one's past is put right instead. A load whose rows were brought again, or whose days were given whole again by a
later one, can only be taken back after that one: nothing tells what would have been left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, case, delete, exists, func, insert, literal, select, update

from storage.errors import StorageError
from storage.load.attribution import reattribute
from storage.load.fact_tables import USAGE, WORK, FactTable
from storage.load.locking import lock_revision
from storage.load.merging import columns_of_fact
from storage.load.naming import add_canonical
from storage.load.outcomes import KIND as OUTCOMES
from storage.load.outcomes import undo_outcomes
from storage.load.replaced_facts import KEPT, is_past
from storage.load.rollups import chunks, rebuild_usage, rebuild_work
from storage.load.roster_snapshots import LOAD as SNAPSHOT
from storage.load.truths import TRUTHS, undo_truth
from storage.load.writes import STREAM
from storage.records import DayState, Restate
from storage.tables import Feed, Load, Source, Stream, SyncDay, UsageBefore, UsageFact
from storage.tables.declaring import aliased
from storage.workspaces import bump_revision

FACTS = {"usage": USAGE, "work": WORK}


class CannotUndo(StorageError):
    """The load cannot be taken back (yet); the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadNote:
    """One load of the log."""

    id: int
    finished_at: datetime
    source: str
    what: str
    kind: str
    rule: str
    feeds: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    report: dict[str, Any]
    undone_at: datetime | None

    def is_kept(self, now: datetime) -> bool:
        """Whether what it replaced is kept still, if it brought facts; what files say whole is always kept."""
        return self.kind not in FACTS or not is_past(self.finished_at, now)


def read_loads(connection: Connection, workspace_id: int) -> Iterator[LoadNote]:
    """The log of loads, the newest first."""
    feeds = {
        id_: name
        for id_, name in connection.execute(select(Feed.id, Feed.name).where(Feed.workspace_id == workspace_id))
    }
    rows = (
        select(Source.name.label("source"), *Load.__table__.columns)
        .join_from(Load, Source, Source.id == Load.source_id)
        .where(Load.workspace_id == workspace_id)
        .order_by(Load.id.desc())
    )
    for row in connection.execute(rows):
        yield LoadNote(
            id=row.id,
            finished_at=row.finished_at,
            source=row.source,
            what=row.what,
            kind=row.kind,
            rule=row.rule,
            feeds=tuple(sorted(feeds[id_] for id_ in row.feeds or () if feeds.get(id_))),
            first_day=row.first_day,
            last_day=row.last_day,
            report=row.report,
            undone_at=row.undone_at,
        )


def undo(connection: Connection, workspace_id: int, load_id: int, now: datetime) -> str:
    """Take a load back; gives what it was. Raises CannotUndo."""
    lock_revision(connection, workspace_id)
    load = connection.execute(
        select(*Load.__table__.columns).where(Load.workspace_id == workspace_id, Load.id == load_id)
    ).one_or_none()
    if load is None:
        raise CannotUndo(f"there is no load {load_id}; `fulcrum loads` lists them")
    if load.undone_at is not None:
        raise CannotUndo(f"load {load_id} was taken back already")
    if load.rule == STREAM:
        raise CannotUndo(f"load {load_id} is a stream that goes on; nothing is kept to take it back with")
    if load.kind in FACTS:
        if is_past(load.finished_at, now):
            raise CannotUndo(f"load {load_id} is over {KEPT.days} days old; what it replaced is no longer kept")
        _refuse_overtaken(connection, workspace_id, load)
        _undo_facts(connection, workspace_id, FACTS[load.kind], load)
    elif load.kind in TRUTHS:
        undo_truth(connection, workspace_id, load.kind, load_id)
    elif load.kind == OUTCOMES:
        _refuse_older(connection, workspace_id, load)
        undo_outcomes(connection, workspace_id, load_id)
    elif load.kind == "link":
        raise CannotUndo(f"load {load_id} is a link of `fulcrum people`; undo it there, by its word unlink")
    elif load.kind == SNAPSHOT:
        raise CannotUndo(f"load {load_id} ({load.what}) is what its source has, and the next pass would bring it again")
    else:
        raise CannotUndo(f"load {load_id} is from before loads could be taken back")
    connection.execute(update(Load).where(Load.id == load_id).values(undone_at=now))
    bump_revision(connection, workspace_id)
    return str(load.what)


def _later(workspace_id: int, load: Any) -> Any:
    return (
        select(*Load.__table__.columns)
        .where(
            Load.workspace_id == workspace_id,
            Load.id > load.id,
            Load.kind == load.kind,
            Load.source_id == load.source_id,
            Load.undone_at.is_(None),
        )
        .order_by(Load.id.desc())
    )


def _refuse_older(connection: Connection, workspace_id: int, load: Any) -> None:
    newest = connection.execute(_later(workspace_id, load)).first()
    if newest is not None:
        raise CannotUndo(f"load {newest.id} came after it; take that back first: fulcrum loads undo {newest.id}")


def _refuse_overtaken(connection: Connection, workspace_id: int, load: Any) -> None:
    around = timedelta(days=1)  # a change of zone may have moved a day since
    for later in connection.execute(_later(workspace_id, load)):
        apart = (
            load.first_day is None
            or later.first_day is None
            or later.first_day > load.last_day + around
            or later.last_day < load.first_day - around
            or not {*load.feeds} & {*later.feeds}
        )
        again = later.rule != Restate.NEWEST.value or later.report.get("unchanged")
        if not apart and again:
            raise CannotUndo(
                f"load {later.id} brought the same days again; take that back first: fulcrum loads undo {later.id}"
            )


def _undo_facts(connection: Connection, workspace_id: int, facts: FactTable, load: Any) -> None:
    fact, before = facts.fact, facts.before
    told, later = aliased(before, name="told"), aliased(before, name="later")
    names = [name for name in columns_of_fact(facts) if name not in ("feed_id", "key", "workspace_id")]
    touched = _days(connection, facts, load.id)
    # What the load removed, and what a later load brought anew.
    gone = and_(
        told.replaced_by == load.id,
        ~exists().where(fact.feed_id == told.feed_id, fact.key == told.key, fact.load_id == load.id),
        ~exists().where(later.feed_id == told.feed_id, later.key == told.key, later.load_id == load.id),
    )
    in_place = (
        select(fact.load_id).where(fact.feed_id == told.feed_id, fact.key == told.key).correlate(told).scalar_subquery()
    )
    overtaken = (
        select(func.min(later.load_id))
        .where(later.feed_id == told.feed_id, later.key == told.key, later.replaced_by > load.id)
        .correlate(told)
        .scalar_subquery()
    )
    came = case(
        (in_place.is_(None), overtaken),
        (overtaken.is_(None), in_place),
        else_=case((in_place < overtaken, in_place), else_=overtaken),
    )
    removed = connection.execute(select(told.id, came).where(gone)).all()
    for id_, next_load in removed:
        if next_load is None:
            columns = columns_of_fact(facts)
            row = select(*(getattr(before, name) for name in columns)).where(before.id == id_)
            connection.execute(insert(fact).from_select(columns, row, include_defaults=False))
        else:
            connection.execute(update(before).where(before.id == id_).values(replaced_by=next_load))
    # What it changed, as it stands; then what a later load changed again.
    connection.execute(
        update(fact)
        .values({name: getattr(told, name) for name in names})
        .where(fact.load_id == load.id, told.replaced_by == load.id, told.feed_id == fact.feed_id, told.key == fact.key)
    )
    connection.execute(
        update(before)
        .values({name: getattr(told, name) for name in names})
        .where(
            before.load_id == load.id,
            told.replaced_by == load.id,
            told.feed_id == before.feed_id,
            told.key == before.key,
        )
    )
    connection.execute(delete(fact).where(fact.load_id == load.id))
    connection.execute(delete(before).where(before.load_id == load.id))
    connection.execute(delete(before).where(before.replaced_by == load.id))
    _tidy(connection, workspace_id, facts, load, touched)


def _days(connection: Connection, facts: FactTable, load_id: int) -> set[date]:
    fact, before = facts.fact, facts.before
    days = (
        select(fact.day).where(fact.load_id == load_id).union(select(before.day).where(before.replaced_by == load_id))
    )
    return set(connection.scalars(days))


def _tidy(connection: Connection, workspace_id: int, facts: FactTable, load: Any, touched: set[date]) -> None:
    """Rollups, people, names and the states of days as they are without the load."""
    if facts.is_usage:
        reattribute(connection, workspace_id)
        rebuild_usage(connection, workspace_id, touched)
        _drop_unused_streams(connection, workspace_id)
        add_canonical(connection, workspace_id)
    else:
        rebuild_work(connection, workspace_id, touched)
    held = [
        exists().where(
            kind.fact.workspace_id == workspace_id, kind.fact.day == SyncDay.day, kind.fact.feed_id == SyncDay.feed_id
        )
        for kind in FACTS.values()
    ]
    connection.execute(
        delete(SyncDay).where(
            SyncDay.feed_id.in_(load.feeds or ()), SyncDay.day.in_(touched), *(~condition for condition in held)
        )
    )
    # What came back was whole when it was loaded.
    noted = exists().where(SyncDay.feed_id == facts.fact.feed_id, SyncDay.day == facts.fact.day)
    back = select(facts.fact.workspace_id, facts.fact.feed_id, facts.fact.day, literal(DayState.COMPLETE.value)).where(
        facts.fact.workspace_id == workspace_id, facts.fact.day.in_(touched), ~noted
    )
    names = ["workspace_id", "feed_id", "day", "state"]
    connection.execute(insert(SyncDay).from_select(names, back.distinct()))


def _drop_unused_streams(connection: Connection, workspace_id: int) -> None:
    """Names that no fact has any more are gone, also from what others are called after."""
    used: set[int] = set()
    for table in (UsageFact, UsageBefore):
        used |= set(connection.scalars(select(table.stream_id).where(table.workspace_id == workspace_id).distinct()))
    rows = connection.execute(select(Stream.id, Stream.canonical_id).where(Stream.workspace_id == workspace_id)).all()
    unused = [id_ for id_, _ in rows if id_ not in used]
    orphans = [id_ for id_, canonical in rows if id_ in used and canonical in unused]
    days: set[date] = set()
    for ids in chunks(orphans):
        days |= set(connection.scalars(select(UsageFact.day).where(UsageFact.stream_id.in_(ids)).distinct()))
    for ids in chunks([id_ for id_, canonical in rows if canonical in unused]):
        connection.execute(update(Stream).where(Stream.id.in_(ids)).values(canonical_id=None))
    rebuild_usage(connection, workspace_id, days)
    for ids in chunks(unused):
        connection.execute(delete(Stream).where(Stream.id.in_(ids)))
