"""A large load of use on SQLite, written part by part and out of sight until one short transaction publishes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, func, insert, literal_column, select, update

from storage.load.active_days import put_active, stage_active
from storage.load.attached import STAGE
from storage.load.dictionaries import Target
from storage.load.fact_tables import USAGE_ROW, FactTable
from storage.load.leftovers import drop_old_rollups
from storage.load.merging import Leave, Whole, remove_vanished, write_facts
from storage.load.pace import Pace
from storage.load.rollups import rebuild_usage
from storage.load.shifting import ROLLUPS
from storage.load.staging import Stage, days
from storage.tables import EPOCH, Stream, UnfinishedLoad, UsageDaily, UsageFact

LARGE = 50_000  # new and changed rows from which on a load is written part by part


def is_large(stage: Stage, facts: FactTable, counted: Mapping[str, Any]) -> bool:
    """Whether a planned load would hold SQLite's write lock for long."""
    return not stage.postgres and facts.is_usage and counted["new"] + counted["changed"] > LARGE


def begin(connection: Connection, workspace_id: int, load_id: int, streams: int) -> None:
    """Say which load is being written; from now on others see the store without it, and change no facts.

    `streams` is the highest id of a stream that was there before.
    """
    above = {table.__tablename__: highest(connection, table.id) for table in ROLLUPS}
    above |= {UsageFact.__tablename__: highest(connection, USAGE_ROW), Stream.__tablename__: streams}
    values = {"workspace_id": workspace_id, "load_id": load_id, "above": above, "days": []}
    connection.execute(insert(UnfinishedLoad).values(values))


def highest(connection: Connection, number: Any) -> int:
    """The highest number of a row, 0 where there is none."""
    return connection.scalar(select(func.max(number))) or 0


def change_facts(
    stage: Stage, facts: FactTable, target: Target, load_id: int, whole: Whole | None, feed_id: int, leave: Leave
) -> int:
    """Bring the facts to what is staged, the days of which are marked; gives how many went."""
    connection = stage.connection
    numbers = [day.toordinal() - EPOCH for day in connection.scalars(select(days.c.day))]
    with Pace().spell(connection):
        removed = remove_vanished(connection, facts, whole, feed_id, leave)
        # The numbers of rows that went are given again.
        above = _above(connection) | {UsageFact.__tablename__: highest(connection, USAGE_ROW)}
        connection.execute(update(UnfinishedLoad).values(days=numbers, above=above))
    row: ColumnElement[int] = literal_column(f"{STAGE}.{facts.staged.name}.rowid", Integer)
    pace = Pace()
    rows = connection.scalar(select(func.max(row)).select_from(facts.staged)) or 0
    done = 0
    while done < rows:
        size = pace.size
        with pace.spell(connection):
            write_facts(connection, facts, target, load_id, leave, row.between(done + 1, done + size))
        done += size
    return removed


def roll_up(stage: Stage, workspace_id: int) -> None:
    """Make the rollups of the marked days anew beside the old ones, and stage who was active on them."""
    connection = stage.connection
    above = _above(connection)[UsageDaily.__tablename__]
    told = select(UsageFact.day, func.count()).where(
        UsageFact.workspace_id == workspace_id, UsageFact.day.in_(select(days.c.day))
    )
    held = connection.execute(told.group_by(UsageFact.day).order_by(UsageFact.day)).all()
    pace, rest = Pace(), [(day, int(count)) for day, count in held]
    while rest:
        some = _few(rest, pace.size)
        with pace.spell(connection):
            rebuild_usage(connection, workspace_id, [day for day, _ in some], above)
        del rest[: len(some)]
    stage_active(connection, workspace_id, [day for day, _ in held], above)


def publish(connection: Connection, workspace_id: int) -> None:
    """Let what was written count, in one transaction with all else that a load leaves."""
    put_active(connection, workspace_id, connection.scalars(select(days.c.day)).all())
    connection.execute(update(UnfinishedLoad).values(published=1))


def finish(connection: Connection) -> None:
    """Take away what the published load has taken the place of."""
    found = connection.execute(select(*UnfinishedLoad.__table__.c)).one()
    drop_old_rollups(connection, found)


def _above(connection: Connection) -> dict[str, int]:
    found: dict[str, int] = connection.scalar(select(UnfinishedLoad.above)) or {}
    return found


def _few(held: Sequence[tuple[date, int]], size: int) -> list[tuple[date, int]]:
    """The first days that have about so many facts together, one at least."""
    chosen: list[tuple[date, int]] = []
    total = 0
    for day, count in held:
        if chosen and total + count > size:
            break
        chosen.append((day, count))
        total += count
    return chosen
