"""What a source has today beside its reports: everybody of its roster, who holds a seat of it, rates of currencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.sources.base import Asked, VendorSource
from storage.load.organisation import Replaced
from storage.load.rates import add_rates
from storage.load.roster_snapshots import save_roster_snapshot
from storage.load.seats import save_seat_snapshot
from storage.load.snapshots import ROSTER, SEATS, SnapshotOf
from storage.records import RateRecord, SeatRecord
from storage.roster_records import RosterSnapshot
from storage.workspaces import zone_of

RATES = "rates"


@dataclass(frozen=True, slots=True)
class SnapshotKind:
    """One kind of what a source has today: how it is read, and how what was read is saved, whole."""

    name: str
    read: Callable[[], Iterable[Any]]
    save: Callable[[Connection, SnapshotOf, Any], Replaced]


def kinds_of(source: VendorSource, asked: Asked, believed: bool) -> Iterator[SnapshotKind]:
    """The kinds that a source has; `believed` takes a roster that most of its people are gone from."""
    if source.roster is not None:
        roster = source.roster
        yield SnapshotKind(ROSTER, lambda: (read(asked) for read in (roster,)), _save_roster(believed))
    if source.seats is not None:
        seats = source.seats
        yield SnapshotKind(SEATS, lambda: seats(asked), _save_seats)
    if source.rates is not None:
        rates = source.rates
        yield SnapshotKind(RATES, lambda: rates(asked), _save_rates)


def names_of(source: VendorSource) -> list[str]:
    """What they are called, of those that a source has."""
    kinds = ((ROSTER, source.roster), (SEATS, source.seats), (RATES, source.rates))
    return [name for name, read in kinds if read is not None]


def snapshot_of(connection: Connection, workspace_id: int, source: str, kind: str, now: datetime) -> SnapshotOf:
    """Whose snapshot it is, and of which day of the organisation's."""
    day = local_day(connection, workspace_id, now)
    return SnapshotOf(workspace_id=workspace_id, source=source, day=day, now=now, feed=kind)


def local_day(connection: Connection, workspace_id: int, now: datetime) -> date:
    """The day it is in the organisation's time zone."""
    return now.astimezone(ZoneInfo(zone_of(connection, workspace_id) or "UTC")).date()


def _save_roster(believed: bool) -> Callable[[Connection, SnapshotOf, list[RosterSnapshot]], Replaced]:
    def save(connection: Connection, of: SnapshotOf, read: list[RosterSnapshot]) -> Replaced:
        return save_roster_snapshot(connection, of, read[0], believed=believed)

    return save


def _save_seats(connection: Connection, of: SnapshotOf, read: list[SeatRecord]) -> Replaced:
    return save_seat_snapshot(connection, of, read)


def _save_rates(connection: Connection, of: SnapshotOf, read: list[RateRecord]) -> Replaced:
    return add_rates(connection, of.workspace_id, of.source, read)
