"""Buckets of a vendor in tests: a day or an hour wide, as many a page as the vendor lets one have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # by day, or by hour (2026-11-06T22)
WIDTHS = {"1d": timedelta(days=1), "1h": timedelta(hours=1)}
MOST = {"1h": 168}  # buckets of a page; those of days are the vendor's


def buckets(rows: Rows, first: datetime, end: datetime, width: str) -> Iterator[tuple[datetime, datetime, list[Any]]]:
    """Each bucket between two instants with its rows; those of a day lie in its first hour."""
    at, step = first, WIDTHS[width]
    while at < end:
        day, hour = at.date().isoformat(), f"{at:%Y-%m-%dT%H}"
        if width == "1d":
            found = [row for when, its in rows.items() if when.startswith(day) for row in its]
        else:
            found = [*rows.get(hour, ()), *(rows.get(day, ()) if at.hour == 0 else ())]
        yield at, at + step, found
        at += step
