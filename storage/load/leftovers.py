"""What is left of a load that was written part by part: taken away where it never was whole, ended where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, insert, select, update

from storage.errors import StorageError
from storage.load.attached import loading
from storage.load.exclusive import alone
from storage.load.fact_tables import USAGE, USAGE_ROW
from storage.load.merging import columns_of_fact
from storage.load.overlaps import mark_overlaps, may_overlap
from storage.load.pace import Pace
from storage.load.shifting import ROLLUPS
from storage.tables import Load, Stream, UnfinishedLoad, UsageBefore, UsageFact
from storage.tables.declaring import aliased
from storage.unfinished import GIVE_UP, LOOK_AGAIN
from storage.workspaces import bump_revision

WORK = "load"  # the work that one process at a time does on a store


def take_away(engine: Engine) -> bool:
    """Take away what the load of a process that died has left; False where its process lives."""
    with alone(engine, WORK) as ours:
        if ours:
            clean(engine)
        return ours


@contextmanager
def one_at_a_time(engine: Engine) -> Iterator[None]:
    """Wait until nobody else writes a load part by part, and keep others from it. Raises StorageError after long."""
    started = monotonic()
    while True:
        with alone(engine, WORK) as ours:
            if ours:
                clean(engine)
                yield
                return
        if monotonic() - started > GIVE_UP:
            raise StorageError("another import is being written; try again when it has ended")
        sleep(LOOK_AGAIN)


def clean(engine: Engine) -> None:
    """Bring an unfinished load to its end: what is published loses its old rollups, else all of it goes."""
    with loading(engine) as connection:
        found = connection.execute(select(*UnfinishedLoad.__table__.c)).one_or_none()
        connection.rollback()
        if found is None:
            return
        if found.published:
            drop_old_rollups(connection, found)
        else:
            _undo(connection, found)


def drop_old_rollups(connection: Connection, unfinished: Any) -> None:
    """Delete the rollups in whose place a published load has put others; then it is finished."""
    for rollup in ROLLUPS:
        old = rollup.id <= unfinished.above[rollup.__tablename__], rollup.day.in_(unfinished.days)
        _delete(connection, rollup, rollup.id, rollup.workspace_id == unfinished.workspace_id, *old)
    with Pace().spell(connection):
        connection.execute(delete(UnfinishedLoad))


def _undo(connection: Connection, unfinished: Any) -> None:
    for rollup in ROLLUPS:
        _delete(connection, rollup, rollup.id, rollup.id > unfinished.above[rollup.__tablename__])
    brought = UsageFact.load_id == unfinished.load_id, unfinished.above[UsageFact.__tablename__] < USAGE_ROW
    _delete(connection, UsageFact, USAGE_ROW, *brought)
    pace = Pace()
    while _bring_back(connection, unfinished.load_id, pace):
        pass
    with pace.spell(connection):
        if may_overlap(connection, unfinished.workspace_id):
            mark_overlaps(connection, unfinished.workspace_id, unfinished.days)
        connection.execute(delete(Stream).where(Stream.id > unfinished.above[Stream.__tablename__]))
        connection.execute(delete(Load).where(Load.id == unfinished.load_id))
        connection.execute(delete(UnfinishedLoad))
        bump_revision(connection, unfinished.workspace_id)  # what was planned beside it is planned anew


def _bring_back(connection: Connection, load_id: int, pace: Pace) -> bool:
    """Some of the facts that the load changed or removed, as they were; False where there are none."""
    fact, past, names = UsageFact, aliased(UsageBefore, name="past"), columns_of_fact(USAGE)
    with pace.spell(connection):
        some = connection.scalars(
            select(UsageBefore.id).where(UsageBefore.replaced_by == load_id).order_by(UsageBefore.id).limit(pace.size)
        ).all()
        if not some:
            return False
        mine = past.replaced_by == load_id, past.id.between(some[0], some[-1])
        as_it_was = {name: getattr(past, name) for name in names}
        connection.execute(update(fact).values(as_it_was).where(fact.key == past.key, *mine))
        there = exists(select(fact.key).where(fact.key == past.key))
        gone = select(*as_it_was.values()).where(*mine, ~there)
        connection.execute(insert(fact).from_select(names, gone, include_defaults=False))
        kept = UsageBefore.replaced_by == load_id, UsageBefore.id.between(some[0], some[-1])
        connection.execute(delete(UsageBefore).where(*kept))
    return True


def _delete(connection: Connection, table: Any, number: Any, *which: Any) -> None:
    pace = Pace()
    while connection.scalar(select(exists(select(number).where(*which)))):
        with pace.spell(connection):
            connection.execute(delete(table).where(number.in_(select(number).where(*which).limit(pace.size))))
