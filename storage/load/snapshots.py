"""Snapshots: all that a feed has of a kind on a day. An older one than the newest says nothing of later days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from storage.errors import StorageError
from storage.load.writes import feed_id
from storage.tables import Snapshot

YESTERDAY = timedelta(days=1)


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


def first_day(known: date | None, before: date | None, day: date, gone: date | None = None) -> date:
    """When something that is new in a snapshot began: not before it was seen to be absent, else as its source says.

    `before` is the day of the snapshot before, `gone` the last day of an earlier time of the same.
    """
    lowest = max((one + YESTERDAY for one in (before, gone) if one is not None), default=date.min)
    return min(max(known or day, lowest), day)
