"""Seats on a day: who holds which, which of them lie idle, and what these cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from storage.answer.buckets import Bucket
from storage.answer.compile import Compiler
from storage.answer.money import USD, rate_on
from storage.answer.recorded_seats import Holder, RecordedSeats, SeatPeriod
from storage.answer.scope import Scope
from storage.catalogue.formula import Number
from storage.catalogue.seats import IDLE_DAYS
from storage.names import Directory
from storage.query import Filter, Op

Labels = tuple[Any, ...]
DIMENSIONS_OF_SEATS = ("team", "person", "title", "location", "kind", "tool")


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
        meets = self._meeting(filters)
        for bucket in buckets:
            for seat in self._candidates(bucket.period.end, filters):
                if not meets(seat):
                    continue
                for labels in self._labels(seat, group_by):
                    found[bucket.number, labels].seats.append(seat)
        return {key: tally.measures() for key, tally in found.items()}

    def starts(self, day: date, filters: Sequence[Filter]) -> list[SeatStart]:
        """Each person's seat of each tool that began by a day and since usage is recorded, with its first use."""
        days = self.compiler.directory.usage
        begun: dict[tuple[Holder, str], date] = {}
        for period in self.recorded.periods(day):
            key = (period.holder, period.tool)
            begun[key] = min(period.start, begun.get(key, period.start))
        meets = self._meeting(filters)
        first: dict[tuple[Holder, str], date] = {}
        for holder, tool, on in self.recorded.used(day):
            start = begun.get((holder, tool))
            if start is not None and on >= start:
                first[holder, tool] = min(on, first.get((holder, tool), on))
        return [
            SeatStart(tool, start, first.get((holder, tool)))
            for (holder, tool), start in sorted(begun.items(), key=str)
            if isinstance(holder, int)
            and days is not None
            and start >= days[0]
            and meets(SeatOnDay(holder, tool, self.recorded.spell(holder, start)))
        ]

    def _candidates(self, day: date, filters: Sequence[Filter]) -> list[SeatOnDay]:
        """The seats held on a day, without most of those that a condition on teams leaves out."""
        named = [condition for condition in filters if condition.dimension == "team" and condition.op is not Op.NOT_IN]
        held = self._held(day)
        if not named:
            return held
        key = ("places of seats by team", day, self.compiler.currency)
        places = self.compiler.directory.once(key, lambda: self._places_by_team(held))
        teams = self._named(named[0])
        return [held[place] for place in sorted(place for team in teams for place in places.get(team, ()))]

    def _places_by_team(self, held: Sequence[SeatOnDay]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, seat in enumerate(held):
            found[self._value(seat, "team")].append(place)
        return dict(found)

    def _held(self, day: date) -> list[SeatOnDay]:
        """The seats held on a day, in this state of the store the same for whoever asks."""
        key = ("seats held", day, self.compiler.currency)
        return self.compiler.directory.once(key, lambda: self._read(day))

    def _read(self, day: date) -> list[SeatOnDay]:
        first = day - timedelta(days=IDLE_DAYS - 1)
        of_each: dict[tuple[Holder, str], list[SeatPeriod]] = defaultdict(list)
        for period in self.recorded.periods(day):
            if period.start <= day and period.end >= first:
                of_each[period.holder, period.tool].append(period)
        recorded, usage = self.recorded, self.compiler.directory.usage
        begun = usage[0] if usage else day  # not the calendar's: a fact's day takes two bytes
        recent, ever, loaded = recorded.active(first, day), recorded.active(begun, day), recorded.loaded(first, day)
        found = []
        for (holder, tool), periods in sorted(of_each.items(), key=str):
            now = [period for period in periods if period.end >= day]
            if not now:
                continue
            seat = SeatOnDay(holder, tool, self.recorded.spell(holder, day), self._price(now, day))
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

    def _meeting(self, filters: Sequence[Filter]) -> Callable[[SeatOnDay], bool]:
        """Whether a seat meets all of these conditions."""
        wanted = [(condition.dimension, self._named(condition), condition.op is not Op.NOT_IN) for condition in filters]
        return lambda seat: all((self._value(seat, name) in values) is kept for name, values, kept in wanted)

    def _named(self, condition: Filter) -> set[str]:
        """What a condition names; of teams also those below."""
        if condition.dimension != "team":
            return {*condition.values}
        scope: Scope = self.compiler.scope
        return {self.compiler.directory.team_name[id_] for id_ in scope.team_ids(condition)}

    @cached_property
    def recorded(self) -> RecordedSeats:
        """What the store has of seats and of their use."""
        return RecordedSeats(self.connection, self.compiler.workspace_id, self.compiler.directory)


def _covers(periods: Sequence[SeatPeriod], first: date, last: date) -> bool:
    """Whether a seat was held on every day of a span, through plans that followed each other."""
    day = first
    for period in sorted(periods, key=lambda period: period.start):
        if period.start <= day <= period.end:
            if period.end >= last:
                return True
            day = period.end + timedelta(days=1)
    return False


def _has_rate(directory: Directory, currency: str) -> bool:
    return currency == USD or currency in directory.rates
