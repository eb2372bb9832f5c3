"""The history of one roster source, person by person: a snapshot ends what changed the day before and begins anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from storage.load.identities import FIRST_DAY
from storage.load.rollups import chunks
from storage.load.snapshots import YESTERDAY, first_day
from storage.tables import OPEN_END, RosterEntry

WHAT = ("team", "title", "manager_email", "kind", "location")
STORED = ("native_id", "email", "name", *WHAT, "start_day", "end_day", "opened_by", "closed_by")
NOW = 0  # the load that is being saved, until it has a number


@dataclass(slots=True)
class Employment:
    """Somebody as a source had them from a day to a day; `id` None is not in the store yet."""

    id: int | None
    native_id: str
    email: str
    name: str
    team: str
    title: str
    manager_email: str
    kind: str
    location: str
    start_day: date
    end_day: date
    opened_by: int
    closed_by: int | None

    def same(self, other: Employment) -> bool:
        """Whether nothing that makes a spell differs."""
        return all(getattr(self, name) == getattr(other, name) for name in WHAT)


@dataclass(slots=True)
class History:
    """All entries of a source, each person's in order, and what one snapshot makes of them."""

    entries: dict[str, list[Employment]]
    dropped: list[int]

    def running(self, native_id: str) -> Employment | None:
        """The entry that somebody is in, if any."""
        own = self.entries.get(native_id)
        return own[-1] if own and own[-1].end_day == OPEN_END else None

    def see(self, person: Employment, known: date | None, before: date | None, day: date) -> None:
        """Somebody is there on a day; `known` is their first day as the source has it, `before` the last snapshot's."""
        own = self.entries.setdefault(person.native_id, [])
        last = own[-1] if own else None
        if last is None:
            # Of the first snapshot nobody knows how long it has held: it holds for the days before it too.
            start = max(known or FIRST_DAY, FIRST_DAY) if before is None else first_day(known, before, day)
            own.append(_from(person, start))
        elif last.end_day < OPEN_END and last.end_day < day - YESTERDAY:
            own.append(_from(person, first_day(known, before, day, last.end_day)))
        elif last.same(person):
            last.end_day, last.closed_by = OPEN_END, None
        elif last.start_day >= day:
            self._instead(own, person, last)
        else:
            if last.end_day == OPEN_END:
                last.end_day, last.closed_by = day - YESTERDAY, NOW
            own.append(_from(person, day))

    def miss(self, native_id: str, day: date) -> None:
        """Somebody is there no more on a day."""
        own = self.entries[native_id]
        if own[-1].start_day >= day:
            self._drop(own)
        else:
            own[-1].end_day, own[-1].closed_by = day - YESTERDAY, NOW

    def _instead(self, own: list[Employment], person: Employment, last: Employment) -> None:
        """A day was told twice, and the later telling is another one."""
        before = own[-2] if len(own) > 1 else None
        if before is not None and before.same(person) and before.end_day == last.start_day - YESTERDAY:
            self._drop(own)
            before.end_day, before.closed_by = OPEN_END, None
        else:
            own[-1] = replace(_from(person, last.start_day), id=last.id)

    def _drop(self, own: list[Employment]) -> None:
        gone = own.pop()
        if gone.id is not None:
            self.dropped.append(gone.id)


def read_history(connection: Connection, workspace_id: int, source: str) -> History:
    """What a source has told so far."""
    rows = (
        select(RosterEntry.id, *(getattr(RosterEntry, name) for name in STORED))
        .where(RosterEntry.workspace_id == workspace_id, RosterEntry.source == source)
        .order_by(RosterEntry.native_id, RosterEntry.start_day)
    )
    entries: dict[str, list[Employment]] = defaultdict(list)
    for row in connection.execute(rows):
        entries[row.native_id].append(Employment(*row))
    return History(dict(entries), [])


def write_history(
    connection: Connection, workspace_id: int, source: str, before: History, after: History, load_id: int
) -> None:
    """Write what differs; what is of no load yet is of this one."""
    held = {entry.id: entry for own in before.entries.values() for entry in own}
    fresh = []
    for entry in _all(after):
        entry.opened_by = entry.opened_by or load_id
        entry.closed_by = load_id if entry.closed_by == NOW else entry.closed_by
        values = {name: getattr(entry, name) for name in STORED}
        if entry.id is None:
            fresh.append({"workspace_id": workspace_id, "source": source, **values})
        elif held[entry.id] != entry:
            connection.execute(update(RosterEntry).where(RosterEntry.id == entry.id).values(**values))
    for ids in chunks(after.dropped):
        connection.execute(delete(RosterEntry).where(RosterEntry.id.in_(ids)))
    if fresh:
        connection.execute(insert(RosterEntry), fresh)


def copied(history: History) -> History:
    """A history that may be changed beside the one that is stored."""
    return History({who: [replace(entry) for entry in own] for who, own in history.entries.items()}, [])


def differ(before: History, after: History) -> bool:
    """Whether anything is to be written."""
    return bool(after.dropped) or _values(before) != _values(after)


def _values(history: History) -> Sequence[Any]:
    return [*_all(history)]


def _all(history: History) -> Iterable[Employment]:
    return (entry for own in history.entries.values() for entry in own)


def _from(person: Employment, start: date) -> Employment:
    return replace(person, start_day=start, end_day=OPEN_END, opened_by=NOW, closed_by=None)
