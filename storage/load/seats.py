"""Seats: those of seats.csv, the whole truth of it, and those that a vendor says are held today.

A vendor tells who holds a seat now. A seat that is new opens a period, one that is gone closes it the day before, and
one of another plan or price is another period, so that no day of the past is ever written anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.load.filling import nano, subject_of
from storage.load.forgotten import read_forgotten
from storage.load.identities import FIRST_DAY
from storage.load.locking import lock_revision
from storage.load.organisation import Replaced
from storage.load.rollups import chunks
from storage.load.snapshots import SEATS, YESTERDAY, SnapshotOf, first_day, take
from storage.records import SeatRecord
from storage.tables import OPEN_END, Seat
from storage.workspaces import bump_revision

FILES = "files"  # the source of seats.csv
COLUMNS = ("subject", "tool", "plan", "price_nano", "currency", "start_day", "end_day")


class Held(NamedTuple):
    """What a seat is; a seat of another plan or price is another one."""

    subject: str
    tool: str
    plan: str
    price_nano: int | None
    currency: str


@dataclass(slots=True)
class SeatTime:
    """A period of a seat in the store; `id` None is not there yet."""

    id: int | None
    start: date
    end: date


def save_seats(connection: Connection, workspace_id: int, seats: Sequence[SeatRecord]) -> Replaced:
    """Make these the seats that the file brought; of two periods of one seat that overlap the later row is rejected."""
    lock_revision(connection, workspace_id)
    mine = (Seat.workspace_id == workspace_id, Seat.source == FILES)
    held = {tuple(row) for row in connection.execute(select(*(getattr(Seat, name) for name in COLUMNS)).where(*mine))}
    result, taken = Replaced(), defaultdict[tuple[str, str, str], list[tuple[date, date]]](list)
    wanted: set[tuple[object, ...]] = set()
    for place, seat in enumerate(seats):
        seen, start, end = _held(seat), seat.start or FIRST_DAY, seat.end or OPEN_END
        own = taken[seen.subject, seen.tool.casefold(), seen.plan.casefold()]
        if any(first <= end and start <= last for first, last in own):
            result.rejected.append((place, f"overlaps another seat of {seen.subject} in {seen.tool}"))
            continue
        own.append((start, end))
        wanted.add((*seen, start, end))
    result.new, result.unchanged, result.removed = len(wanted - held), len(wanted & held), len(held - wanted)
    if result.differs:
        connection.execute(delete(Seat).where(*mine))
        names = ("workspace_id", "source", "feed", *COLUMNS)
        rows = [dict(zip(names, (workspace_id, FILES, "", *row), strict=True)) for row in sorted(wanted, key=str)]
        if rows:
            connection.execute(insert(Seat), rows)
        bump_revision(connection, workspace_id)
    return result


def save_seat_snapshot(connection: Connection, of: SnapshotOf, seats: Sequence[SeatRecord]) -> Replaced:
    """Bring a feed's seats to those that are held on a day; the same again changes nothing.

    A snapshot older than the newest one changes nothing either. Give all of a feed's seats, or nothing: who is not
    among them holds none.
    """
    lock_revision(connection, of.workspace_id)
    before, newest = take(connection, of, SEATS)
    result = Replaced()
    if not newest:
        result.unchanged = len(seats)
        return result
    known = _times(connection, of)
    told: dict[Held, SeatRecord] = {}
    seats = read_forgotten(connection, of.workspace_id).records(SEATS, seats)
    for seat in seats:
        told.setdefault(_held(seat), seat)
    written = _close(of, known, told, result)
    changing = {(seen.subject, seen.tool) for seen, _ in written}
    for seen, seat in told.items():
        unseen = before if (seen.subject, seen.tool) not in changing else of.day - YESTERDAY
        time = _go_on(of, known.get(seen, []), seat, unseen, result)
        if time is not None:
            written.append((seen, time))
    _write(connection, of, written)
    if result.differs:
        bump_revision(connection, of.workspace_id)
    return result


def _held(seat: SeatRecord) -> Held:
    return Held(subject_of(seat.subject.strip()), seat.tool, seat.plan, nano(seat.monthly_price), seat.currency)


def _times(connection: Connection, of: SnapshotOf) -> dict[Held, list[SeatTime]]:
    rows = (
        select(Seat.id, *(getattr(Seat, name) for name in COLUMNS))
        .where(Seat.workspace_id == of.workspace_id, Seat.source == of.source, Seat.feed == of.feed)
        .order_by(Seat.start_day, Seat.id)
    )
    found: dict[Held, list[SeatTime]] = defaultdict(list)
    for id_, *seen, start, end in connection.execute(rows):
        found[Held(*seen)].append(SeatTime(id_, start, end))
    return found


def _close(
    of: SnapshotOf, known: dict[Held, list[SeatTime]], told: dict[Held, SeatRecord], result: Replaced
) -> list[tuple[Held, SeatTime]]:
    """The periods that end the day before, since nobody holds these seats any more."""
    closed = []
    for seen, times in known.items():
        if seen in told or times[-1].end < of.day:
            continue
        times[-1].end = of.day - YESTERDAY
        result.removed += 1
        closed.append((seen, times[-1]))
    return closed


def _go_on(
    of: SnapshotOf, times: list[SeatTime], seat: SeatRecord, unseen: date | None, result: Replaced
) -> SeatTime | None:
    """The period of a seat that is held: a new one, or the last one where that has another end now; else None."""
    end, last = seat.end or OPEN_END, times[-1] if times else None
    if last is not None and last.end >= of.day - YESTERDAY:
        if last.end == end:
            result.unchanged += 1
            return None
        last.end = end
        result.changed += 1
        return last
    if end < of.day:
        result.unchanged += 1
        return None
    result.new += 1
    return SeatTime(None, first_day(seat.start, unseen, of.day, last.end if last else None), end)


def _write(connection: Connection, of: SnapshotOf, written: Sequence[tuple[Held, SeatTime]]) -> None:
    fresh = []
    for seen, time in written:
        if time.id is None:
            values = zip(COLUMNS, (*seen, time.start, time.end), strict=True)
            fresh.append({"workspace_id": of.workspace_id, "source": of.source, "feed": of.feed, **dict(values)})
        elif time.end >= time.start:
            connection.execute(update(Seat).where(Seat.id == time.id).values(end_day=time.end))
    for ids in chunks([time.id for _, time in written if time.id is not None and time.end < time.start]):
        connection.execute(delete(Seat).where(Seat.id.in_(ids)))
    if fresh:
        connection.execute(insert(Seat), fresh)
