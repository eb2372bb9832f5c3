"""Who used what on which days, as sets of people: read once for a state of the store, then asked without a statement.

The privacy rules look at many groups for one question; here each is a loop over bits instead of a join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock

from sqlalchemy import Connection

from storage.answer.presence_rows import People, number_of, spells_of, streams_of, uses_of
from storage.answer.use_table import UseTable
from storage.answer.weekdays import WEEKDAYS, mask
from storage.names import Directory
from storage.records import Period
from storage.tables import BLOCK

REMEMBERED = 5_000  # who has use of which streams on which days
MANY = 40  # bits from which on it is quicker to search them as text


@dataclass(frozen=True)
class Cell:
    """The rows that one figure is made of: spells, streams and days, each as bits."""

    who: int
    what: int
    days: int

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # The cells of all that a reader was told are looked up with every further question, and are of many bits.
        return hash((self.who, self.what, self.days))


class Presence:
    """The people of one workspace with the days on which each used what."""

    def __init__(self, connection: Connection, directory: Directory, told_apart: tuple[str, ...]) -> None:
        self._directory, self._told_apart = directory, told_apart
        self._lock = Lock()
        self._blocks: set[int] = set()
        self._uses: dict[int, tuple[tuple[int, int], ...]] = {}  # of a spell: each stream (one bit) with its days
        self._any: dict[int, tuple[int, int]] = {}  # of a spell: all its streams, and all its days
        self._by_stream: dict[int, int] = {}  # of a stream (one bit): the days on which anybody has use of it
        self._version = 0  # of the days that are known
        self._active: dict[tuple[int, int, int], int] = {}
        self._employed: dict[tuple[date, date], int] = {}
        first = directory.usage[0] if directory.usage else date.min
        self._zero = number_of(first) // BLOCK * BLOCK
        self._table = UseTable(0, {})
        self.spells = spells_of(connection, directory.workspace_id)
        self.streams = streams_of(connection, directory.workspace_id, told_apart)
        self.everybody = (1 << len(self.spells)) - 1
        self.everything = (1 << len(self.streams)) - 1
        self._firsts = _bits(spell.person == 1 << place for place, spell in enumerate(self.spells))
        self._of_people = _bits(spell.person for spell in self.spells)
        self._place_of_spell = {spell.id: place for place, spell in enumerate(self.spells)}
        self._bit_of_stream = {
            (stream.id, *(getattr(stream, name) for name in told_apart)): 1 << place
            for place, stream in enumerate(self.streams)
        }

    def read(self, connection: Connection, periods: Iterable[Period]) -> None:
        """Make the days of these periods known."""
        wanted = {block for period in periods for block in self._blocks_of(period)} - self._blocks
        if not wanted:
            return
        with self._lock:
            uses = {spell: dict(streams) for spell, streams in self._uses.items()}
            for block in sorted(wanted - self._blocks):
                for spell, stream, days in self._read_block(connection, block):
                    own = uses.setdefault(spell, {})
                    own[stream] = own.get(stream, 0) | days
            # Readers go on with the days they have: what they hold is replaced, never changed.
            self._any = {spell: _either(own.items()) for spell, own in uses.items()}
            self._by_stream = _days_by_stream(uses.values())
            self._uses = {spell: tuple(own.items()) for spell, own in uses.items()}
            self._table = UseTable(len(self.spells), self._uses)
            self._blocks |= wanted
            self._version += 1

    def _read_block(self, connection: Connection, block: int) -> Iterator[tuple[int, int, int]]:
        """Of each use in some days its spell, its stream (one bit) and its days."""
        found = connection.execute(uses_of(self._directory.workspace_id, block, self._told_apart)).all()
        ids, *seen, days = [*zip(*found, strict=True)] or [(), (), ()]
        spells, streams = map(self._place_of_spell.get, ids), map(self._bit_of_stream.get, zip(*seen, strict=True))
        later = block * BLOCK - self._zero
        for spell, stream, used in zip(spells, streams, days, strict=True):
            if spell is not None and stream is not None:
                yield spell, stream, int(used) << later

    def employed(self, period: Period) -> int:
        """The spells of people that have a day in the period."""
        key = (period.start, period.end)
        if key not in self._employed:
            first, last = number_of(period.start), number_of(period.end)
            self._employed[key] = _bits(
                spell.person and spell.first <= last and spell.last >= first for spell in self.spells
            )
        return self._employed[key]

    def active(self, what: int, days: int) -> int:
        """The spells, also those of agents, with use of one of these streams on one of these days."""
        key = (self._version, what, days)
        if key not in self._active:
            if len(self._active) > REMEMBERED:
                self._active.clear()
            self._active[key] = self._table.spells_with_use(what, days)
        return self._active[key]

    def users(self, cell: Cell) -> People:
        """The people who have use in a cell."""
        return self.people_of(cell.who & self.active(cell.what, cell.days))

    def people_of(self, spells: int) -> People:
        """Whose these spells are; nobody's, of agents."""
        found = spells & self._firsts
        for place in places(spells & ~self._firsts):
            found |= self.spells[place].person
        return found

    def are_few(self, spells: int, fewest: int) -> bool:
        """Whether these spells are of anybody, and of fewer people than that."""
        if (spells & self._firsts).bit_count() >= fewest:
            return False
        return 0 < self.people_of(spells).bit_count() < fewest

    def left_out(self, wider: Cell, cell: Cell) -> int:
        """The spells with a row of a wider cell that the cell inside of it, of the same days, leaves out."""
        beside = wider.who & ~cell.who & self.active(wider.what, wider.days)
        others = wider.what & ~cell.what
        return beside | (cell.who & self.active(others, wider.days) if others else 0)

    def used_streams(self, cell: Cell) -> int:
        """The streams of a cell that anybody, be it an agent, has use of."""
        days, found = cell.days, 0
        for place in places(cell.who):
            for stream, used in self._uses.get(place, ()):
                if used & days:
                    found |= stream
        return found & cell.what

    def left_over(self, whole: Cell, parts: Sequence[Cell], enough: int) -> People:
        """The people with a row that is in `whole` and in none of one or two parts, or the other way round.

        It is what remains where the figures of the parts are taken from that of the whole; stops at `enough` people.
        """
        cells = (whole, *parts, Cell(0, 0, 0))[:3]
        alike = _alike(cells)
        found, count = 0, 0
        # Spells that only some of them hold are the likeliest to remain.
        likely = cells[0].who ^ cells[1].who ^ cells[2].who
        for spells in (likely, (cells[0].who | cells[1].who | cells[2].who) & ~likely):
            for place in places(spells):
                person = self.spells[place].person
                if person & ~found and self._remains(place, cells, alike):
                    found |= person
                    count += 1
                    if count >= enough:
                        return found
        return found

    def _remains(self, place: int, cells: tuple[Cell, ...], alike: Sequence[tuple[int, tuple[int, ...]]]) -> bool:
        """Whether the difference leaves a day of a spell; `alike` are streams with the days of their cells."""
        bit = 1 << place
        held = tuple(cell.who & bit for cell in cells)
        for streams, days in alike:
            a, b, c = (of_cell if holds else 0 for of_cell, holds in zip(days, held, strict=True))
            # In one of the three, or in both that are taken away.
            left = a ^ b ^ c | b & c & ~a
            if left and left & self._days_of(place, streams):
                return True
        return False

    def busy_days(self, cell: Cell, few: int) -> int:
        """The days of a cell on which more than a few people have use, as bits."""
        days = cell.days & self._days_of_any(cell.what)
        # reached[n] are the days on which more than n people were seen so far: on a day a person has one spell.
        reached = [0] * (few + 1)
        for place in places(cell.who & self._of_people & self.active(cell.what, days)):
            used = self._days_of(place, cell.what) & days
            for level in range(few, 0, -1):
                reached[level] |= reached[level - 1] & used
            reached[0] |= used
            if reached[few] == days:  # of a large group that is so long before its last spell
                break
        return reached[few]

    def days(self, period: Period, on: Sequence[str] = WEEKDAYS) -> int:
        """The days of a period, on some weekdays, as bits."""
        first, last = max(number_of(period.start) - self._zero, 0), number_of(period.end) - self._zero
        found = (1 << last + 1) - (1 << first) if last >= first else 0
        return found if len(on) == len(WEEKDAYS) else found & mask(self._zero, last + 1, on)

    def _days_of_any(self, what: int) -> int:
        """The days on which anybody has use of one of these streams."""
        found = 0
        for place in places(what):
            found |= self._by_stream.get(1 << place, 0)
        return found

    def _days_of(self, spell: int, what: int) -> int:
        """The days on which there is use of one of these streams in a spell."""
        streams, days = self._any.get(spell, (0, 0))
        if not streams & ~what:
            return days
        if not streams & what:
            return 0
        days = 0
        for stream, used in self._uses[spell]:
            if stream & what:
                days |= used
        return days

    def _blocks_of(self, period: Period) -> range:
        if not self._directory.usage:
            return range(0)
        first, last = (number_of(day) for day in self._directory.usage)
        return range(max(number_of(period.start), first) // BLOCK, min(number_of(period.end), last) // BLOCK + 1)


def presence(directory: Directory, connection: Connection, told_apart: tuple[str, ...] = ()) -> Presence:
    """The presence of a workspace as its directory has it, kept with the directory.

    `told_apart` are the dimensions, of those that only facts know, by which streams are told apart.
    """
    key = ("presence", told_apart)
    found = directory.cache.get(key)
    if found is None:
        found = directory.cache[key] = Presence(connection, directory, told_apart)
    kept: Presence = found
    return kept


def _alike(cells: tuple[Cell, ...]) -> list[tuple[int, tuple[int, ...]]]:
    """The streams that the same of these cells hold, each time with the days of those cells."""
    every = cells[0].what | cells[1].what | cells[2].what
    found = []
    for pattern in range(1, 8):
        streams = every
        for at, cell in enumerate(cells):
            streams &= cell.what if pattern >> at & 1 else ~cell.what
        if streams:
            found.append((streams, tuple(cell.days if pattern >> at & 1 else 0 for at, cell in enumerate(cells))))
    return found


def places(bits: int) -> Iterator[int]:
    """Where a bit is set."""
    if bits.bit_count() > MANY:
        text = f"{bits:b}"[::-1]
        place = text.find("1")
        while place >= 0:
            yield place
            place = text.find("1", place + 1)
        return
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _bits(said: Iterable[object]) -> int:
    """A bit for each that holds."""
    return int("".join("1" if holds else "0" for holds in said)[::-1] or "0", 2)


def _days_by_stream(uses: Iterable[Mapping[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for own in uses:
        for stream, days in own.items():
            found[stream] = found.get(stream, 0) | days
    return found


def _either(uses: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """All streams and all days of some uses."""
    streams = days = 0
    for stream, used in uses:
        streams |= stream
        days |= used
    return streams, days
