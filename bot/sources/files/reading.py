"""Opens an import file: its dress, its header, its rows with the lines they begin on. Memory stays bounded."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TypeVar

from bot.sources.files.dates import DateOrder, DecimalMark, Habits
from bot.sources.files.exports import Export, headings, recognise
from bot.sources.files.pieces import PIECE, Pick, Piece, picking
from bot.sources.files.problems import BadRow, FileRefused, Problems
from bot.sources.files.quirks import Numbers
from bot.sources.files.sniffing import Dress, column, ends_whole, sniff, undecodable_line
from bot.sources.files.told_days import Unread, told_days
from storage.catalogue.daily import COUNTS
from storage.load.known_days import ToldDays

LONGEST_LINE = 1 << 20  # characters
PLAIN = Dress("utf-8-sig", ",")
TOLD_EVERY = 10_000  # rows between two words about the progress
FIRST_LOOK = 2_000  # rows; where these write days and numbers plainly, the file is not read twice
# A unit behind a heading that says nothing new. A time in UTC would be another one than a time of here.
UNIT = re.compile(r"(.+?)_?\((usd|us\$|\$|utc|tokens|count|#)\)")
DAYS_ALONE = ("date", "day", "usage_date")
TOTALS = ("total", "totals", "grand total", "sum")
DAYS = ("date", "timestamp", "day", "start_date", "end_date", "from", "to")
NUMBERS = (
    *("minutes_low", "minutes_mode", "minutes_high", "approval_seconds", "edited"),
    *("cost", "cost_usd", "list_cost", "credits", "human_minutes", "monthly_price", "amount", "usd", "value"),
    *("price_input", "price_cached", "price_cache_write", "price_output"),
)
COUNTED = (*COUNTS, "cache_write_1h_tokens", "items", "timed_items", "reworked", "failed")
Progress = Callable[[int], None]  # told how many bytes of the file are read
LeaveOut = Callable[[ToldDays], frozenset[date]]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of file: without the `needed` ones no row has a meaning, of each `either` one is needed.

    `aliases` are headings that people use for a column; `foreign` says that known exports are this kind of file.
    """

    known: tuple[str, ...]
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    foreign: bool = False

    def open_name(self, heading: str) -> str:
        """The column that a heading means."""
        name = column(heading)
        if (found := UNIT.fullmatch(name)) and (found[2] == "utc") == (found[1] in DAYS_ALONE):
            name = found[1]
        return name if name in self.known or name in self.optional else self.aliases.get(name, name)

    def fit(self, header: Sequence[str]) -> bool:
        """Whether a header has all that this kind of file needs."""
        names = {self.open_name(name) for name in header}
        return names.issuperset(self.needed) and all(names & {*group} for group in self.either)

    def recognise(self, header: Sequence[str]) -> int:
        """How many columns of a header mean something here."""
        return len({self.open_name(name) for name in header} & {*self.known, *self.optional})

    @property
    def recognised(self) -> set[str]:
        """Every heading that means something here."""
        return {*self.known, *self.optional, *self.aliases} | ({*headings()} if self.foreign else set())


@dataclass
class CsvFile:
    """An import file that is read once, from its first row to its last."""

    path: Path
    columns: Columns
    problems: Problems
    told: Progress = field(default=lambda _bytes: None)
    read: int = 0  # rows so far, good and bad
    order: DateOrder = DateOrder.ISO  # how it writes days and numbers, known once `rows` has begun
    mark: DecimalMark = DecimalMark.POINT
    export: Export | None = None
    leave_out: LeaveOut | None = None  # which days of those that it tells need not be read
    left: Counter[str] = field(default_factory=Counter)  # rows that say nothing, by the reason

    def begin_again(self) -> None:
        """As if nothing of it were read, to read all of it."""
        self.read, self.leave_out, self.problems = 0, None, Problems(self.problems.file)
        self.left.clear()

    def rows(self, wanted: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Each sound row with the line it begins on: the wanted columns in their order, "" where one is absent."""
        for piece in self.pieces(wanted):
            yield from piece.rows()

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The sound rows, many together.

        Raises FileRefused where the file is neither UTF-8 nor UTF-16, has no header or lacks a column.
        """
        try:
            dress = sniff(self.path, self.columns.recognised)
            self._look(dress, wanted)
            days = self._left_out(dress)
            with self.path.open("rb") as raw, TextIOWrapper(raw, dress.encoding, newline="") as text:
                yield from self._pieces(dress, text, raw.tell, wanted, days)
        except UnicodeError as error:
            line = undecodable_line(self.path)
            raise FileRefused(
                f"line {line} is not UTF-8; save the file as UTF-8" if line else "it is no text"
            ) from error
        except OSError as error:
            raise FileRefused(f"it cannot be read: {error.strerror}") from error
        self.told(self.path.stat().st_size)

    def sound(self, wanted: Sequence[str], make: Callable[[list[str]], Made]) -> Iterator[tuple[int, Made]]:
        """What `make` makes of each row, with its line; rows of which it raises BadRow go into the problems."""
        for piece in self.pieces(wanted):
            yield from self.sound_of(piece, make)

    def sound_of(self, piece: Piece, make: Callable[[list[str]], Made]) -> Iterator[tuple[int, Made]]:
        """The same of one piece."""
        for line, fields in piece.rows():
            try:
                made = make(fields)
            except BadRow as bad:
                self.problems.reject(line, str(bad))
            else:
                yield line, made

    def _look(self, dress: Dress, wanted: Sequence[str]) -> None:
        """Find out how the file writes days and numbers: from all of it where its first rows leave that open."""
        days, numbers, counts = ([name for name in wanted if name in of] for of in (DAYS, NUMBERS, COUNTED))
        habits = Habits()
        with self.path.open(encoding=dress.encoding, newline="") as text:
            reader = csv.reader(iter(partial(text.readline, LONGEST_LINE), ""), delimiter=dress.delimiter)
            header = next(islice(reader, dress.above, None), [])
            self.export = export = recognise(header) if self.columns.foreign else None
            if export:
                plain = export.as_written(header)
            else:
                names = [self.columns.open_name(name) for name in header]
            width = len(header)
            for number, row in enumerate(_skipping(reader)):
                if len(row) != width:
                    continue
                if number == FIRST_LOOK and habits.are_plain and dress.delimiter == ",":
                    break
                fields = plain(row) if export else dict(zip(names, row, strict=True))
                habits.look(*([fields.get(name, "") for name in of] for of in (days, numbers, counts)))
        self.order, self.mark = habits.order, habits.mark(dress.delimiter != ",")

    def _left_out(self, dress: Dress) -> frozenset[date]:
        if self.leave_out is None or self.export or dress != PLAIN:
            return frozenset()
        told = told_days(self.path, f"{self.order} {self.mark}", self.columns.open_name)
        days = self.leave_out(told) if told else frozenset()
        self.read += told.rows(days) if told else 0
        return days

    def _pieces(
        self,
        dress: Dress,
        text: TextIOWrapper,
        position: Callable[[], int],
        wanted: Sequence[str],
        days: frozenset[date],
    ) -> Iterator[Piece]:
        # A line is read up to a limit, so that a file without line ends does not fill the memory.
        lines = Unread(iter(partial(text.readline, LONGEST_LINE), ""), days)
        reader = csv.reader(islice(lines, dress.above, None), delimiter=dress.delimiter)
        header, pick, places = self._header(reader, dress, wanted)
        begins = dress.above + reader.line_num + 1
        more = True
        while more:
            piece = Piece([], [], pick, places)
            more, odd = False, None
            try:
                for row in reader:
                    more = True
                    begins = lines.line_of(begins)
                    if len(row) != len(header):
                        odd = partial(self._odd, row, begins, len(header))
                        break
                    piece.lines.append(begins)
                    piece.cells.append(row)
                    begins = dress.above + reader.line_num + 1
                    if len(piece.cells) == PIECE:
                        break
            except csv.Error as error:
                more, odd = True, partial(self._broken, lines.line_of(begins), error)
            yield from self._counted(piece, position)
            if odd:
                odd()
                begins = dress.above + reader.line_num + 1
        for reason, count in self.left.items():
            self.problems.warn(f"{count:,} rows were left out: {reason}")
        if not ends_whole(self.path):
            self.problems.warn("the last line has no line end; check that the file is whole")

    def _counted(self, piece: Piece, position: Callable[[], int]) -> Iterator[Piece]:
        if piece.cells:
            tens, self.read = self.read // TOLD_EVERY, self.read + len(piece.cells)
            if self.read // TOLD_EVERY > tens:
                self.told(position())
            yield piece

    def _broken(self, begins: int, error: csv.Error) -> None:
        self.read += 1
        self.problems.reject(begins, f"not CSV: {error}")

    def _odd(self, row: Sequence[str], begins: int, width: int) -> None:
        if not any(row):
            return
        if row[0].strip().casefold() in TOTALS:
            self.problems.warn(f"line {begins} is a sum of the others and was left out")
            return
        self.read += 1
        self.problems.reject(begins, _wrong_width(len(row), width))

    def _header(
        self, reader: Iterator[list[str]], dress: Dress, wanted: Sequence[str]
    ) -> tuple[list[str], Pick, Sequence[int] | None]:
        """The header, how a row becomes the wanted columns, and their places; as `Piece` has them."""
        try:
            given = next(reader, [])
        except csv.Error as error:
            raise FileRefused(f"the header is not CSV: {error}") from error
        if not any(name.strip() for name in given):
            raise FileRefused("the file is empty; it needs a header line at least")
        if self.columns.foreign and (export := recognise(given)):
            return given, self._foreign(export, given, wanted), None
        header = [self.columns.open_name(name) for name in given]
        twice = sorted({name for name in header if name and header.count(name) > 1})
        if twice:
            raise FileRefused(f"the header has a column twice: {', '.join(twice)}")
        missing = [name for name in self.columns.needed if name not in header]
        missing += [" or ".join(names) for names in self.columns.either if not {*names} & {*header}]
        if missing:
            raise FileRefused(f"a needed column is missing: {', '.join(missing)}")
        self._warn_of_columns(header, given)
        return header, *picking(header, wanted)

    def _foreign(self, export: Export, header: list[str], wanted: Sequence[str]) -> Pick:
        self.export = export
        self.problems.warn(f"read as {export.name}")
        unknown = export.unknown(header)
        if unknown:
            self.problems.warn(f"columns that nothing is taken from: {', '.join(map(repr, unknown))}")
        plain = export.reader(header, Numbers(self.mark))

        def picked(row: list[str]) -> list[str] | None:
            fields = plain(row)
            if reason := fields.get("leave"):
                self.left[reason] += 1
                return None
            return [fields.get(name, "") for name in wanted]

        return picked

    def _warn_of_columns(self, header: Sequence[str], given: Sequence[str]) -> None:
        known = {*self.columns.known, *self.columns.optional}
        renamed = [f"{own!r} as {name}" for own, name in zip(given, header, strict=True) if name != column(own)]
        if renamed:
            self.problems.warn(f"columns were read by another name: {', '.join(renamed)}")
        unknown = [name for name in header if name and name not in known]
        if unknown:
            self.problems.warn(f"unknown columns were left out: {', '.join(map(repr, unknown))}")
        either = {name for names in self.columns.either for name in names}
        absent = [name for name in self.columns.known if name not in header and name not in either]
        if absent:
            self.problems.warn(f"columns that are not there were taken as empty: {', '.join(absent)}")


def _wrong_width(found: int, width: int) -> str:
    return f"{found} fields instead of {width}" + (": was the line cut off?" if found < width else "")


def _skipping(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows of a reader without those that are no CSV; these are told of when the file is really read."""
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            continue
        if row is None:
            return
        yield row
