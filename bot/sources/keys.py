"""What makes a row of a vendor's report one: its day and whatever it says that is no amount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

Row = Mapping[str, Any]


def row_key(day: date, *rows: Row) -> str:
    """The day and all that a row, and what it holds, says in words or as yes and no."""
    said = [f"{name}={value}" for row in rows for name, value in sorted(row.items()) if isinstance(value, str | bool)]
    return "|".join([day.isoformat(), *said])


def told_apart(rows: Iterable[Row], key_of: Callable[[Row], str]) -> Iterator[tuple[str, Row]]:
    """Each row of a bucket with its key.

    Rows of one key that differ (the vendor left out what tells them apart) are numbered, so that none replaces another;
    a bucket that comes again, or a row that is in it twice, is the same once more.
    """
    known: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        key = key_of(row)
        same = known[key]
        if row not in same:
            same.append(row)
        place = same.index(row)
        yield (f"{key}|{place + 1}" if place else key), row
