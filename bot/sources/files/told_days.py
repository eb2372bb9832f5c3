"""Tells the days of a usage file apart by its lines, before any row is taken apart: how many, and a hash of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from hashlib import blake2b
from importlib.metadata import version
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from storage.load.known_days import ToldDays

DAY = 10  # characters of a day at the beginning of a line
BEGINS = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2},").fullmatch
LONGEST_LINE = 1 << 20
TOGETHER = 1_000  # lines that are hashed at once
HASH_BYTES = 12
BY_MORE = {"timestamp", "feed", "event_id"}  # where a file has these, the rows of a day are not alone under its name


def told_days(path: Path, habits: str, name_of: Callable[[str], str]) -> ToldDays | None:
    """What a file in UTF-8 with commas says of each day; None where its lines do not tell the day of each row.

    `habits` is how it writes days and numbers, `name_of` the column that a heading means.
    """
    days: dict[bytes, tuple[int, blake2b]] = {}
    with path.open("rb") as raw:
        lines = iter(partial(raw.readline, LONGEST_LINE), b"")
        header = next(lines, b"")
        names = [name_of(name) for name in header.decode(errors="replace").strip().split(",")]
        if names[0] != "date" or BY_MORE.intersection(names):
            return None
        for begin, run in groupby(lines, itemgetter(slice(DAY + 1))):
            if not BEGINS(begin):
                return None
            count, hashed = days.get(begin) or (0, blake2b(digest_size=HASH_BYTES))
            while part := [*islice(run, TOGETHER)]:
                together = b"".join(part)
                if not _is_plain(together, len(part)):
                    return None
                hashed.update(together)
                count += len(part)
            days[begin] = count, hashed
    reading = blake2b(f"{version('fulcrum-bot')}\0{habits}\0".encode() + header, digest_size=HASH_BYTES).hexdigest()
    return ToldDays(reading, {day: (count, hashed.hexdigest()) for day, count, hashed in _dated(days)})


def _is_plain(lines: bytes, count: int) -> bool:
    """Whether each line is a row: no field is quoted, and lines end in one way."""
    returns = lines.count(b"\r")
    return b'"' not in lines and (not returns or lines.count(b"\r\n") == returns == count)


def _dated(days: dict[bytes, tuple[int, blake2b]]) -> Iterator[tuple[date, int, blake2b]]:
    for begin, (count, hashed) in days.items():
        try:
            yield date.fromisoformat(begin[:DAY].decode()), count, hashed
        except ValueError:  # no such day: its rows are rejected when they are read
            continue


class Unread:
    """Lines of a text without those that begin with certain days; `at` is the number of the line given last."""

    def __init__(self, lines: Iterator[str], days: frozenset[date]) -> None:
        self._lines, self._days = lines, {day.isoformat() for day in days}
        self.at = 0

    def __iter__(self) -> Iterator[str]:
        return self._kept() if self._days else self._lines

    def line_of(self, begins: int) -> int:
        """The line that a row begins on: where days are left out each line is one, else `begins` is right."""
        return self.at if self._days else begins

    def _kept(self) -> Iterator[str]:
        for line in self._lines:
            self.at += 1
            if line[:DAY] not in self._days:
                yield line
