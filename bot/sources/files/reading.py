"""Opens an import file: its encoding, its header, its rows with the lines they begin on. Memory stays bounded."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import SEEK_END, TextIOWrapper
from pathlib import Path

from bot.sources.files.problems import FileRefused, Problems

LONGEST_LINE = 1 << 20  # characters
TOLD_EVERY = 10_000  # rows between two words about the progress
Progress = Callable[[int], None]  # told how many bytes of the file are read


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of file: without the `needed` ones no row has a meaning, of each `either` one is needed."""

    known: tuple[str, ...]
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()


@dataclass
class CsvFile:
    """An import file that is read once, from its first row to its last."""

    path: Path
    columns: Columns
    problems: Problems
    told: Progress = field(default=lambda _bytes: None)
    read: int = 0  # rows so far, good and bad

    def rows(self, wanted: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Each sound row with the line it begins on: the wanted columns in their order, "" where one is absent.

        Raises FileRefused where the file is not UTF-8, has no header or lacks a column.
        """
        try:
            with self.path.open("rb") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as text:
                yield from self._rows(text, raw.tell, wanted)
        except UnicodeDecodeError as error:
            raise FileRefused(f"line {_undecodable_line(self.path)} is not UTF-8") from error
        except OSError as error:
            raise FileRefused(f"it cannot be read: {error.strerror}") from error
        self.told(self.path.stat().st_size)

    def _rows(
        self, text: TextIOWrapper, position: Callable[[], int], wanted: Sequence[str]
    ) -> Iterator[tuple[int, list[str]]]:
        # A line is read up to a limit, so that a file without line ends does not fill the memory.
        reader = csv.reader(iter(partial(text.readline, LONGEST_LINE), ""))
        header = self._header(reader)
        width, places = len(header), _places(header, wanted)
        in_order = places == [*range(width)]
        begins = reader.line_num + 1
        while True:
            try:
                for row in reader:
                    if len(row) == width:
                        self.read += 1
                        if not self.read % TOLD_EVERY:
                            self.told(position())
                        yield begins, row if in_order else _picked(row, places)
                    elif row:
                        self.read += 1
                        self.problems.reject(begins, _wrong_width(len(row), width))
                    begins = reader.line_num + 1
                break
            except csv.Error as error:
                self.read += 1
                self.problems.reject(begins, f"not CSV: {error}")
                begins = reader.line_num + 1
        if not _ends_whole(self.path):
            self.problems.warn("the last line has no line end; check that the file is whole")

    def _header(self, reader: Iterator[list[str]]) -> list[str]:
        try:
            header = [name.strip().lower() for name in next(reader, [])]
        except csv.Error as error:
            raise FileRefused(f"the header is not CSV: {error}") from error
        if not any(header):
            raise FileRefused("the file is empty; it needs a header line at least")
        twice = sorted({name for name in header if name and header.count(name) > 1})
        if twice:
            raise FileRefused(f"the header has a column twice: {', '.join(twice)}")
        missing = [name for name in self.columns.needed if name not in header]
        missing += [" or ".join(names) for names in self.columns.either if not {*names} & {*header}]
        if missing:
            raise FileRefused(f"a needed column is missing: {', '.join(missing)}")
        self._warn_of_columns(header)
        return header

    def _warn_of_columns(self, header: Sequence[str]) -> None:
        known = {*self.columns.known, *self.columns.optional}
        unknown = [name for name in header if name not in known]
        if unknown:
            self.problems.warn(f"unknown columns were left out: {', '.join(map(repr, unknown))}")
        either = {name for names in self.columns.either for name in names}
        absent = [name for name in self.columns.known if name not in header and name not in either]
        if absent:
            self.problems.warn(f"columns that are not there were taken as empty: {', '.join(absent)}")


def _places(header: Sequence[str], wanted: Sequence[str]) -> list[int]:
    # A column that is absent is read from an empty field behind the last one.
    return [header.index(name) if name in header else len(header) for name in wanted]


def _picked(row: list[str], places: Sequence[int]) -> list[str]:
    row.append("")
    return [row[place] for place in places]


def _wrong_width(found: int, width: int) -> str:
    return f"{found} fields instead of {width}" + (": was the line cut off?" if found < width else "")


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as raw:
        raw.seek(-1, SEEK_END)
        return raw.read(1) in b"\r\n"


def _undecodable_line(path: Path) -> int:
    with path.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 0
