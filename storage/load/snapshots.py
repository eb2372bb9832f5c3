"""Snapshots: all that a feed has of a kind on a day. An older one than the newest says nothing of later days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from storage.errors import StorageError
from storage.load.load_log import feed_id
from storage.tables import Feed, RosterEntry, Seat, Snapshot, Source

YESTERDAY = timedelta(days=1)
ROSTER, SEATS = "roster", "seats"
HELD: Mapping[str, type[RosterEntry | Seat]] = {ROSTER: RosterEntry, SEATS: Seat}


class SnapshotRefused(StorageError):
    """A snapshot cannot be right, and nothing of it was saved; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotOf:
    """Whose snapshot it is, and of which local day; `feed` is the account, where a source has several."""

    workspace_id: int
    source: str
    day: date
    now: datetime
    feed: str = ""


def take(connection: Connection, of: SnapshotOf, kind: str) -> tuple[date | None, bool]:
    """The day of the newest snapshot before this one, and whether this one is the newest now, which is then kept."""
    feed = feed_id(connection, of.workspace_id, of.source, of.feed)
    mine = (Snapshot.workspace_id == of.workspace_id, Snapshot.feed_id == feed, Snapshot.kind == kind)
    before = connection.execute(select(Snapshot.day).where(*mine)).scalar_one_or_none()
    if before is None:
        values = {"workspace_id": of.workspace_id, "feed_id": feed, "kind": kind, "day": of.day}
        connection.execute(insert(Snapshot).values(values))
    elif before < of.day:
        connection.execute(update(Snapshot).where(*mine).values(day=of.day))
    return before, before is None or before <= of.day


def newest(connection: Connection, workspace_id: int, source: str, kind: str) -> tuple[int, date | None]:
    """How many people or seats a source has by its newest snapshot, and of which day that is."""
    rows = (
        select(Snapshot.day)
        .join(Feed, Feed.id == Snapshot.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .where(Snapshot.workspace_id == workspace_id, Source.name == source, Snapshot.kind == kind)
    )
    day = max(connection.scalars(rows), default=None)
    table = HELD[kind]
    held = select(func.count()).select_from(table).where(table.workspace_id == workspace_id, table.source == source)
    return (connection.scalar(held.where(table.end_day >= day)) or 0 if day else 0), day


def first_day(known: date | None, before: date | None, day: date, gone: date | None = None) -> date:
    """When something that is new in a snapshot began: not before it was seen to be absent, else as its source says.

    `before` is the day of the snapshot before, `gone` the last day of an earlier time of the same.
    """
    lowest = max((day_known + YESTERDAY for day_known in (before, gone) if day_known is not None), default=date.min)
    return min(max(known or day, lowest), day)
