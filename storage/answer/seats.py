"""Seats on a day: who holds which, which of them lie idle, and what these cost. Worked out from a few plain reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, func, or_, select

from storage.answer.buckets import Bucket
from storage.answer.compile import Compiler
from storage.answer.money import USD, rate_on
from storage.answer.scope import Scope
from storage.catalogue.formula import Number
from storage.catalogue.seats import IDLE_DAYS
from storage.catalogue.spellings import family
from storage.errors import NoData
from storage.load.identities import Resolver
from storage.names import Directory
from storage.query import Filter, Op
from storage.records import DayState
from storage.tables import Feed, Person, Seat, Spell, Stream, Subject, SyncDay, UsageDaily, UsageFact

NO_SEATS = "no seat is recorded by then; seats.csv brings them, or a sync of Cursor or GitHub Copilot"
Labels = tuple[Any, ...]
Holder = int | str  # a person's id, or what a source calls somebody whom the roster does not know
DIMENSIONS_OF_SEATS = ("team", "person", "title", "location", "kind", "tool")


@dataclass(frozen=True, slots=True)
class SeatPeriod:
    """A time of a seat, as its source tells it."""

    holder: Holder
    tool: str
    start: date
    end: date
    price_nano: int | None
    currency: str


@dataclass(slots=True)
class SeatOnDay:
    """One seat on one day: of a person and tool, whatever plans and sources tell of it."""

    holder: Holder
    tool: str
    spell: Any = None
    price: float | None = None
    idle: bool | None = None
    used: bool | None = None


@dataclass(frozen=True, slots=True)
class SeatStart:
    """When a person's seat of a tool began, and the first day on or after it on which they used the tool, if any."""

    tool: str
    start: date
    first_use: date | None

    @property
    def days(self) -> int | None:
        """How long that took."""
        return None if self.first_use is None else (self.first_use - self.start).days


@dataclass
class Tally:
    """The seats of one row."""

    seats: list[SeatOnDay] = field(default_factory=list)

    def measures(self) -> dict[str, Number | None]:
        """What is counted of them; what cannot be known of any of them is null."""
        known = [seat for seat in self.seats if seat.idle is not None]
        idle = [seat for seat in known if seat.idle]
        priced = [seat.price for seat in idle if seat.price is not None]
        unknown = bool(self.seats) and not known
        return {
            "seats": len(self.seats),
            "idle_seats": None if unknown else len(idle),
            "idle_seat_nano": None if unknown or (idle and not priced) else sum(priced),
            "unused_seats": None if unknown else sum(seat.used is False for seat in known),
            "unloaded_seats": len(self.seats) - len(known),
            "unpriced_seats": len(idle) - len(priced),
        }


@dataclass(frozen=True)
class Seats:
    """The seats of one workspace as a query asks for them."""

    connection: Connection
    compiler: Compiler

    def rows(
        self, buckets: Iterable[Bucket], group_by: Sequence[str], filters: Sequence[Filter]
    ) -> dict[tuple[int, Labels], dict[str, Number | None]]:
        """The measures of each row: on the last day of each span."""
        found: dict[tuple[int, Labels], Tally] = defaultdict(Tally)
        for bucket in buckets:
            for seat in self._held(bucket.period.end):
                if not all(self._meets(seat, condition) for condition in filters):
                    continue
                for labels in self._labels(seat, group_by):
                    found[bucket.number, labels].seats.append(seat)
        return {key: tally.measures() for key, tally in found.items()}

    def starts(self, day: date, filters: Sequence[Filter]) -> list[SeatStart]:
        """Each person's seat of each tool that began by a day and since usage is recorded, with its first use."""
        recorded = self.compiler.directory.usage
        begun: dict[tuple[Holder, str], date] = {}
        for period in self._periods(day):
            key = (period.holder, period.tool)
            begun[key] = min(period.start, begun.get(key, period.start))
        used = {
            (holder, self._tool(tool), on)
            for holder, tool, on in self.connection.execute(
                select(Spell.person_id, Stream.tool, UsageDaily.day)
                .join_from(UsageDaily, Spell, Spell.id == UsageDaily.spell_id)
                .join(Stream, Stream.id == UsageDaily.stream_id)
                .where(UsageDaily.workspace_id == self._workspace, UsageDaily.day <= day, UsageDaily.active_facts > 0)
                .distinct()
            )
        }
        first: dict[tuple[Holder, str], date] = {}
        for holder, tool, on in used:
            start = begun.get((holder, tool))
            if start is not None and on >= start:
                first[holder, tool] = min(on, first.get((holder, tool), on))
        return [
            SeatStart(tool, start, first.get((holder, tool)))
            for (holder, tool), start in sorted(begun.items(), key=str)
            if isinstance(holder, int)
            and recorded is not None
            and start >= recorded[0]
            and all(
                self._meets(SeatOnDay(holder, tool, self._spell(holder, start)), condition) for condition in filters
            )
        ]

    def _held(self, day: date) -> list[SeatOnDay]:
        """The seats held on a day."""
        first = day - timedelta(days=IDLE_DAYS - 1)
        of_each: dict[tuple[Holder, str], list[SeatPeriod]] = defaultdict(list)
        for period in self._periods(day):
            if period.start <= day and period.end >= first:
                of_each[period.holder, period.tool].append(period)
        recent, ever, loaded = self._active(first, day), self._active(date.min, day), self._loaded(first, day)
        found = []
        for (holder, tool), periods in sorted(of_each.items(), key=str):
            now = [period for period in periods if period.end >= day]
            if not now:
                continue
            seat = SeatOnDay(holder, tool, self._spell(holder, day), self._price(now, day))
            if tool in loaded:
                seat.used = (holder, tool) in ever
                seat.idle = _covers(periods, first, day) and (holder, tool) not in recent
            found.append(seat)
        return found

    def _price(self, periods: Sequence[SeatPeriod], day: date) -> float | None:
        """The dearest price that is told of it, in the currency asked for, in billionths."""
        directory, target = self.compiler.directory, self.compiler.currency
        prices = [
            period.price_nano * rate_on(directory, period.currency, day) / rate_on(directory, target, day)
            for period in periods
            if period.price_nano is not None and _has_rate(directory, period.currency)
        ]
        return max(prices, default=None)

    def _periods(self, day: date) -> list[SeatPeriod]:
        """The times of seats that began by a day, each with its holder on that day."""
        resolver, ids = Resolver(self.connection, self._workspace), self._person_ids
        rows = self.connection.execute(
            select(Seat.source, Seat.subject, Seat.tool, Seat.start_day, Seat.end_day, Seat.price_nano, Seat.currency)
            .where(Seat.workspace_id == self._workspace, Seat.start_day <= day)
            .order_by(Seat.id)
        ).all()
        if not rows:
            raise NoData(NO_SEATS)
        found = []
        for source, subject, tool, start, end, price, currency in rows:
            emails = [email for email in resolver.emails(subject, source) if email in ids]
            holder = ids[emails[0]] if emails else subject
            found.append(SeatPeriod(holder, self._tool(tool), start, end, price, currency))
        return found

    def _active(self, first: date, last: date) -> set[tuple[Holder, str]]:
        """Who has an active day of which tool."""
        of_people = self.connection.execute(
            select(Spell.person_id, Stream.tool)
            .join_from(UsageDaily, Spell, Spell.id == UsageDaily.spell_id)
            .join(Stream, Stream.id == UsageDaily.stream_id)
            .where(
                UsageDaily.workspace_id == self._workspace,
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
                UsageFact.workspace_id == self._workspace,
                UsageFact.day.between(first, last),
                UsageFact.spell_id.is_(None),
                or_(UsageFact.requests.is_(None), UsageFact.requests > 0),
                Subject.name.in_(select(Seat.subject).where(Seat.workspace_id == self._workspace)),
            )
            .distinct()
        )
        return {(holder, self._tool(tool)) for rows in (of_people, of_others) for holder, tool in rows}

    def _loaded(self, first: date, last: date) -> set[str]:
        """The tools whose usage is loaded for all of these days: recorded from before them, and no day missing."""
        recorded = self.compiler.directory.usage
        if recorded is None or recorded[1] < last:
            return set()
        begun = self.connection.execute(
            select(Stream.tool, func.min(UsageDaily.day))
            .join_from(UsageDaily, Stream, Stream.id == UsageDaily.stream_id)
            .where(UsageDaily.workspace_id == self._workspace)
            .group_by(Stream.tool)
        )
        missing = self.connection.scalars(
            select(SyncDay.feed_id)
            .join(Feed, Feed.id == SyncDay.feed_id)
            .where(
                SyncDay.workspace_id == self._workspace,
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
            .where(UsageFact.workspace_id == self._workspace, UsageFact.feed_id.in_(missing))
            .distinct()
        )
        return {self._tool(tool) for tool, day in begun if day <= first} - {self._tool(tool) for tool in cut}

    def _spell(self, holder: Holder, day: date) -> Any:
        """Where the holder was on that day; nothing of somebody unknown, or gone."""
        spells = self._spells.get(holder, ()) if isinstance(holder, int) else ()
        return next((spell for spell in spells if spell.start_day <= day <= spell.end_day), None)

    def _labels(self, seat: SeatOnDay, group_by: Sequence[str]) -> list[Labels]:
        """The rows that a seat is in; side by side, one for each team that holds the holder's."""
        if "person" in group_by and not isinstance(seat.holder, int):
            return []  # a list of people has no row for somebody unknown
        scopes = self.compiler.query.scopes
        if "team" in group_by and scopes:
            team, directory = self._value(seat, "team"), self.compiler.directory
            return [
                tuple(scope if name == "team" else self._value(seat, name) for name in group_by)
                for scope in scopes
                if team in directory.below(scope)
            ]
        return [tuple(seat.holder if name == "person" else self._value(seat, name) for name in group_by)]

    def _value(self, seat: SeatOnDay, name: str) -> str:
        if name == "tool":
            return seat.tool
        if seat.spell is None:
            return ""
        if name == "person":
            return str(seat.spell.email)
        return (
            self.compiler.directory.team_name[seat.spell.team_id] if name == "team" else str(getattr(seat.spell, name))
        )

    def _meets(self, seat: SeatOnDay, condition: Filter) -> bool:
        value = self._value(seat, condition.dimension)
        if condition.dimension != "team":
            return (value in condition.values) is not (condition.op is Op.NOT_IN)
        scope: Scope = self.compiler.scope
        directory = self.compiler.directory
        named = {directory.team_name[id_] for id_ in scope.team_ids(condition)}
        return (value in named) is not (condition.op is Op.NOT_IN)

    def _tool(self, tool: str) -> str:
        """A tool as usage calls it, whatever its seat is called."""
        return self._tools.get(family("tool", tool), tool)

    @cached_property
    def _tools(self) -> Mapping[str, str]:
        directory: Directory = self.compiler.directory
        given = {family("tool", alias): name for kind, name, alias in directory.aliases if kind == "tool"}
        return {family("tool", name): name for name in directory.values["tool"]} | given

    @cached_property
    def _person_ids(self) -> dict[str, int]:
        return {person.email: person.id for person in self.compiler.directory.people}

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
        for row in self.connection.execute(rows.where(Spell.workspace_id == self._workspace)):
            found[row.person_id].append(row)
        return found

    @property
    def _workspace(self) -> int:
        return self.compiler.workspace_id


def _covers(periods: Sequence[SeatPeriod], first: date, last: date) -> bool:
    """Whether a seat was held on every day of a span, through plans that followed each other."""
    day = first
    for period in sorted(periods, key=lambda one: one.start):
        if period.start <= day <= period.end:
            if period.end >= last:
                return True
            day = period.end + timedelta(days=1)
    return False


def _has_rate(directory: Directory, currency: str) -> bool:
    return currency == USD or currency in directory.rates
