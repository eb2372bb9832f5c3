"""What is recorded of seats: when each was held and by whom, who used which tool, and whose usage is loaded whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, func, or_, select

from storage.catalogue.spellings import family
from storage.errors import NoData
from storage.load.identities import Resolver
from storage.names import Directory
from storage.records import DayState
from storage.tables import Feed, Person, Seat, Spell, Stream, Subject, SyncDay, UsageDaily, UsageFact

NO_SEATS = "no seat is recorded by then; seats.csv brings them, or a sync of Cursor or GitHub Copilot"
Holder = int | str  # a person's id, or what a source calls somebody whom the roster does not know


@dataclass(frozen=True, slots=True)
class SeatPeriod:
    """A time of a seat, as its source tells it."""

    holder: Holder
    tool: str
    start: date
    end: date
    price_nano: int | None
    currency: str


@dataclass(frozen=True)
class RecordedSeats:
    """The seats of one workspace, and the use of their tools, as the store has them."""

    connection: Connection
    workspace_id: int
    directory: Directory

    def periods(self, day: date) -> list[SeatPeriod]:
        """The times of seats that began by a day, each with its holder on that day."""
        rows = self.connection.execute(
            select(Seat.source, Seat.subject, Seat.tool, Seat.start_day, Seat.end_day, Seat.price_nano, Seat.currency)
            .where(Seat.workspace_id == self.workspace_id, Seat.start_day <= day)
            .order_by(Seat.id)
        ).all()
        if not rows:
            raise NoData(NO_SEATS)
        resolver, ids = Resolver(self.connection, self.workspace_id), self._person_ids
        found = []
        for source, subject, tool, start, end, price, currency in rows:
            emails = [email for email in resolver.emails(subject, source) if email in ids]
            holder = ids[emails[0]] if emails else subject
            found.append(SeatPeriod(holder, self._tool(tool), start, end, price, currency))
        return found

    def active(self, first: date, last: date) -> set[tuple[Holder, str]]:
        """Who has an active day of which tool."""
        of_people = self.connection.execute(
            select(Spell.person_id, Stream.tool)
            .join_from(UsageDaily, Spell, Spell.id == UsageDaily.spell_id)
            .join(Stream, Stream.id == UsageDaily.stream_id)
            .where(
                UsageDaily.workspace_id == self.workspace_id,
                UsageDaily.day.between(first, last),
                UsageDaily.active_facts > 0,
            )
            .distinct()
        )
        of_others = self.connection.execute(
            select(Subject.name, Stream.tool)
            .join_from(UsageFact, Subject, Subject.id == UsageFact.subject_id)
            .join(Stream, Stream.id == UsageFact.stream_id)
            .where(
                UsageFact.workspace_id == self.workspace_id,
                UsageFact.day.between(first, last),
                UsageFact.spell_id.is_(None),
                or_(UsageFact.requests.is_(None), UsageFact.requests > 0),
                Subject.name.in_(select(Seat.subject).where(Seat.workspace_id == self.workspace_id)),
            )
            .distinct()
        )
        return {(holder, self._tool(tool)) for rows in (of_people, of_others) for holder, tool in rows}

    def loaded(self, first: date, last: date) -> set[str]:
        """The tools whose usage is loaded for all of these days: recorded from before them, and no day missing."""
        recorded = self.directory.usage
        if recorded is None or recorded[1] < last:
            return set()
        begun = self.connection.execute(
            select(Stream.tool, func.min(UsageDaily.day))
            .join_from(UsageDaily, Stream, Stream.id == UsageDaily.stream_id)
            .where(UsageDaily.workspace_id == self.workspace_id)
            .group_by(Stream.tool)
        )
        missing = self.connection.scalars(
            select(SyncDay.feed_id)
            .join(Feed, Feed.id == SyncDay.feed_id)
            .where(
                SyncDay.workspace_id == self.workspace_id,
                SyncDay.day.between(first, last),
                SyncDay.state == DayState.MISSING.value,
            )
            .distinct()
        ).all()
        if not missing:  # else all facts would be looked through for a feed that is none
            return {self._tool(tool) for tool, day in begun if day <= first}
        cut = self.connection.scalars(
            select(Stream.tool)
            .join_from(UsageFact, Stream, Stream.id == UsageFact.stream_id)
            .where(UsageFact.workspace_id == self.workspace_id, UsageFact.feed_id.in_(missing))
            .distinct()
        )
        return {self._tool(tool) for tool, day in begun if day <= first} - {self._tool(tool) for tool in cut}

    def used(self, last: date) -> Iterator[tuple[int, str, date]]:
        """Each active day of a person with a tool, as usage calls it, up to a day."""
        rows = self.connection.execute(
            select(Spell.person_id, Stream.tool, UsageDaily.day)
            .join_from(UsageDaily, Spell, Spell.id == UsageDaily.spell_id)
            .join(Stream, Stream.id == UsageDaily.stream_id)
            .where(UsageDaily.workspace_id == self.workspace_id, UsageDaily.day <= last, UsageDaily.active_facts > 0)
            .distinct()
        )
        return ((person, self._tool(tool), day) for person, tool, day in rows)

    def spell(self, holder: Holder, day: date) -> Any:
        """Where the holder was on that day; nothing of somebody unknown, or gone."""
        spells = self._spells.get(holder, ()) if isinstance(holder, int) else ()
        return next((spell for spell in spells if spell.start_day <= day <= spell.end_day), None)

    def _tool(self, tool: str) -> str:
        """A tool as usage calls it, whatever its seat is called."""
        return self._tools.get(family("tool", tool), tool)

    @cached_property
    def _tools(self) -> Mapping[str, str]:
        given = {family("tool", alias): name for kind, name, alias in self.directory.aliases if kind == "tool"}
        return {family("tool", name): name for name in self.directory.values["tool"]} | given

    @cached_property
    def _person_ids(self) -> dict[str, int]:
        return {person.email: person.id for person in self.directory.people}

    @cached_property
    def _spells(self) -> dict[Holder, list[Any]]:
        found: dict[Holder, list[Any]] = defaultdict(list)
        columns = (
            Spell.person_id,
            Spell.team_id,
            Spell.title,
            Spell.location,
            Spell.kind,
            Spell.start_day,
            Spell.end_day,
        )
        rows = select(*columns, Person.email).join(Person, Person.id == Spell.person_id)
        for row in self.connection.execute(rows.where(Spell.workspace_id == self.workspace_id)):
            found[row.person_id].append(row)
        return found
