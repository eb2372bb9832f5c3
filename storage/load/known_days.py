"""Which days of a file the store has as that file told them before, so that their rows need not be read again.

A load of a file keeps how many rows it had of each day and a hash of their lines. A day may be left out where the same
file told it alike, each of its rows is one fact since, and nothing has changed, removed or taken them back. What the
report says of its rows is then asked of the facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, null, or_, select, update

from storage.errors import StorageError
from storage.load.attached import loading
from storage.load.fact_tables import FactTable
from storage.load.identities import Resolver
from storage.load.load_log import LONGEST
from storage.load.rollups import chunks
from storage.tables import EPOCH, Feed, Load, Source, Stream, Subject, UsageFact
from storage.workspaces import read_revision

BEGINNING = date.fromordinal(EPOCH)


class DaysMoved(StorageError):
    """Facts of days that were left out have changed since: the file must be read whole."""


@dataclass(frozen=True, slots=True)
class ToldDays:
    """What a file says of each day: how many rows, and a hash of their lines.

    `reading` is a hash of what else decides how these are read, as the header does.
    """

    reading: str
    days: Mapping[date, tuple[int, str]]

    def rows(self, days: frozenset[date]) -> int:
        """How many rows there are of these days."""
        return sum(self.days[day][0] for day in days)


class KnownDays:
    """The days of one file that its load leaves out; `what` is the file's name, `feed` the feed of all of its rows."""

    def __init__(self, workspace_id: int, source: str, feed: str, what: str) -> None:
        self._workspace_id, self._source, self._what = workspace_id, source, what[:LONGEST]
        self._feed_id = (
            select(Feed.id)
            .join(Source, Source.id == Feed.source_id)
            .where(Feed.workspace_id == workspace_id, Source.name == source, Feed.name == feed)
        )
        self._revision = 0
        self.told: ToldDays | None = None
        self.left: frozenset[date] = frozenset()

    def leave_out(self, engine: Engine, told: ToldDays) -> frozenset[date]:
        """The days that need not be read, before the file is."""
        self.told = told
        # The writing engine would take the lock of SQLite for a look at all facts of the file.
        with loading(engine) if engine.dialect.name == "sqlite" else engine.connect() as connection:
            self._revision = read_revision(connection, self._workspace_id)
            self.left = self._as_told(connection, told)
        return self.left

    def check(self, connection: Connection, revision: int) -> int:
        """Make sure, while the store is locked at a revision, that what was left out is still there.

        Gives the revision. Raises DaysMoved.
        """
        if self.told and self.left and revision != self._revision and self.left - self._as_told(connection, self.told):
            raise DaysMoved("the store has changed while the file was read; load it again")
        return revision

    def counted(self, counted: dict[str, Any]) -> dict[str, Any]:
        """What was counted of the rows that were read, and those that were left out as the unchanged ones they are."""
        if not self.told or not self.left:
            return counted
        days = [*self.left, *(counted[name] for name in ("first_day", "last_day") if counted[name])]
        return counted | {
            "unchanged": counted["unchanged"] + self.told.rows(self.left),
            "days": counted["days"] + len(self.left),
            "first_day": min(days),
            "last_day": max(days),
        }

    def nobodys_rows(self, connection: Connection) -> Counter[tuple[str, bool]]:
        """The rows that were left out and are nobody's: by what their source calls somebody, and if nobody knows that.

        `False` is somebody's who is in the roster, and not on those days.
        """
        counts = self._lacking(connection, UsageFact.spell_id, Subject, Subject.name, UsageFact.subject_id)
        if not counts:
            return Counter()
        resolver = Resolver(connection, self._workspace_id)
        return Counter({(name, not resolver.spans(name, self._source).known): rows for name, rows in counts.items()})

    def unpriced_rows(self, connection: Connection) -> Counter[str]:
        """The rows that were left out and have no price, by their model."""
        return self._lacking(connection, UsageFact.cost_nano, Stream, Stream.model, UsageFact.stream_id)

    def _lacking(self, connection: Connection, what: Any, words: Any, name: Any, word: Any) -> Counter[str]:
        """How many facts of the days that were left out lack this column, by the name of their word."""
        found: Counter[str] = Counter()
        f = UsageFact
        for days in chunks(self.left):
            mine = f.workspace_id == self._workspace_id, f.feed_id.in_(self._feed_id), f.day.in_(days), what.is_(None)
            rows = select(name, func.count()).join_from(f, words, words.id == word).where(*mine).group_by(name)
            for told, count in connection.execute(rows):
                found[told] += count
        return found

    def feeds(self, connection: Connection) -> set[int]:
        """The feed of what was left out, if anything was."""
        return set(connection.scalars(self._feed_id)) if self.left else set()

    def keep(self, connection: Connection, facts: FactTable, load_id: int) -> None:
        """Keep with the load what its file told of each day that has a fact for each row."""
        if self.told is None:
            return
        staged = facts.staged.c
        keys: dict[date, int] = dict(connection.execute(select(staged.day, func.count()).group_by(staged.day)).all())
        days = {
            str(day.toordinal() - EPOCH): told
            for day, told in self.told.days.items()
            if day in self.left or keys.get(day) == told[0]
        }
        older = Load.workspace_id == self._workspace_id, Load.what == self._what, Load.id < load_id
        connection.execute(update(Load).where(*older, Load.told.is_not(None)).values(told=null()))
        told = {"feed": connection.scalar(self._feed_id), "reading": self.told.reading, "days": days}
        connection.execute(update(Load).where(Load.id == load_id).values(told=told))

    def _as_told(self, connection: Connection, told: ToldDays) -> frozenset[date]:
        feed = connection.scalar(self._feed_id)
        if feed is None:
            return frozenset()
        columns = Load.id, Load.source_id, Load.finished_at, Load.told
        of_file = Load.workspace_id == self._workspace_id, Load.what == self._what, Load.undone_at.is_(None)
        last = connection.execute(
            select(*columns).where(*of_file, Load.told.is_not(None)).order_by(Load.id.desc()).limit(1)
        ).one_or_none()
        if last is None or last.told["feed"] != feed or last.told["reading"] != told.reading:
            return frozenset()
        if self._taken_since(connection, last):
            return frozenset()
        before = {BEGINNING + timedelta(int(day)): tuple(of_day) for day, of_day in last.told["days"].items()}
        alike = {day: rows for day, (rows, lines) in told.days.items() if before.get(day) == (rows, lines)}
        return self._still_there(connection, feed, last.id, alike)

    def _taken_since(self, connection: Connection, last: Any) -> bool:
        """Whether facts have gone since, or come back as they were before another load."""
        since = select(Load.report, Load.undone_at).where(
            Load.workspace_id == self._workspace_id,
            Load.source_id == last.source_id,
            or_(Load.id > last.id, Load.undone_at >= last.finished_at),
        )
        return any(undone is not None or report.get("removed") for report, undone in connection.execute(since))

    def _still_there(
        self, connection: Connection, feed: int, load_id: int, rows: Mapping[date, int]
    ) -> frozenset[date]:
        if not rows:
            return frozenset()
        f = UsageFact
        counts = func.count(), func.max(f.load_id)
        within = f.workspace_id == self._workspace_id, f.day.between(min(rows), max(rows)), f.feed_id == feed
        held = connection.execute(select(f.day, *counts).where(*within).group_by(f.day))
        return frozenset(day for day, facts, newest in held if rows.get(day) == facts and newest <= load_id)


NOTHING_KNOWN = KnownDays(0, "", "", "")  # of a load all rows of which were read
