"""The spans of days of a query, as rows that every SELECT starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, BigInteger, Integer, column, literal, select, union_all, values
from sqlalchemy.types import TypeEngine

from storage.answer import weekdays
from storage.answer.calendar import is_part, steps
from storage.query import Query
from storage.records import Period
from storage.tables import BLOCK, EPOCH, Day

CACHED_ROWS = 95


@dataclass(frozen=True, slots=True)
class Bucket:
    """A span of days with its number; `side` is 0 for the period asked and 1 for the one compared with.

    `partial` where it is a point of a series that is cut by the period's edge or still running.
    """

    number: int
    side: int
    period: Period
    label: str = ""
    partial: bool = False


def buckets_of(query: Query, as_of: date | None = None) -> tuple[Bucket, ...]:
    """The spans of days of a query: its points, or its period and the one it is compared with."""
    if query.grain:
        on = weekdays.kept(query.filters)
        points = list(steps(query.period, query.grain))
        asked = [point for point in points if weekdays.days_of(point[1], on)]  # a Saturday is no point of weekdays
        return tuple(
            Bucket(number, 0, part, first.isoformat(), is_part(first, part, query.grain, as_of))
            for number, (first, part) in enumerate(asked or points)
        )
    spans = [query.period] if query.previous is None else [query.period, query.previous]
    return tuple(Bucket(side, side, span) for side, span in enumerate(spans))


def bucket_rows(buckets: Sequence[Bucket]) -> CTE:
    """The buckets as rows: number, side, first and last day."""
    rows = [(bucket.number, bucket.side, bucket.period.start, bucket.period.end) for bucket in buckets]
    return _rows("bucket", {"number": Integer(), "side": Integer(), "first": Day(), "last": Day()}, rows)


def block_rows(buckets: Sequence[Bucket]) -> CTE:
    """The buckets by the blocks that days are marked in: number, block, and the bucket's days of it as bits."""
    rows = []
    for bucket in buckets:
        first, last = (day.toordinal() - EPOCH for day in (bucket.period.start, bucket.period.end))
        for block in range(first // BLOCK, last // BLOCK + 1):
            low, high = max(first - block * BLOCK, 0), min(last - block * BLOCK, BLOCK - 1)
            rows.append((bucket.number, block, (1 << high + 1) - (1 << low)))
    return _rows("block", {"number": Integer(), "block": Integer(), "days": BigInteger()}, rows)


def _rows(name: str, columns: Mapping[str, TypeEngine[Any]], rows: Sequence[tuple[Any, ...]]) -> CTE:
    if len(rows) > CACHED_ROWS:
        return values(*(column(key, kind) for key, kind in columns.items()), name=name).data(rows).cte(name)
    # VALUES is compiled anew each time; a few SELECTs are compiled once for every question of their shape.
    selects = (
        select(*(literal(value, kind).label(key) for value, (key, kind) in zip(row, columns.items(), strict=True)))
        for row in rows
    )
    return union_all(*selects).cte(name)
