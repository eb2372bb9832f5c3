"""The spans of days of a query, as rows that every SELECT starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, Integer, Select, column, literal, select, union_all, values

from storage.answer.calendar import is_part, steps
from storage.query import Query
from storage.records import Period
from storage.tables import Day

CACHED_BUCKETS = 95


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
        return tuple(
            Bucket(number, 0, part, first.isoformat(), is_part(first, part, query.grain, as_of))
            for number, (first, part) in enumerate(steps(query.period, query.grain))
        )
    spans = [query.period] if query.previous is None else [query.period, query.previous]
    return tuple(Bucket(side, side, span) for side, span in enumerate(spans))


def bucket_rows(buckets: Sequence[Bucket]) -> CTE:
    """The buckets as rows: number, side, first and last day."""
    if len(buckets) <= CACHED_BUCKETS:
        # VALUES is compiled anew each time; a few SELECTs are compiled once for every question of their shape.
        return union_all(*map(_row, buckets)).cte("bucket")
    columns = (column("number", Integer), column("side", Integer), column("first", Day), column("last", Day))
    rows = [(bucket.number, bucket.side, bucket.period.start, bucket.period.end) for bucket in buckets]
    return values(*columns, name="bucket").data(rows).cte("bucket")


def _row(one: Bucket) -> Select[int, int, date, date]:
    return select(
        literal(one.number, Integer).label("number"),
        literal(one.side, Integer).label("side"),
        literal(one.period.start, Day()).label("first"),
        literal(one.period.end, Day()).label("last"),
    )
