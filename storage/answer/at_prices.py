"""The same tokens at other prices: what a query's use would have cost at list prices that are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import Result, ResultRow
from storage.answer.run import run
from storage.answer.windows import rounded
from storage.errors import NoData
from storage.names import Directory
from storage.query import Query
from storage.records import Period

CLASSES = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
PICO = 10**12
Labels = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ListPrice:
    """What a token costs on these days, in pico-dollars by class, in requests with more input than `over`.

    `over` is -1 for requests of any size, and of those whose size nobody tells.
    """

    first: date
    last: date
    over: int
    prices: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class AtPrices:
    """A result as it is, and by its rows in order what the same tokens cost at the prices; None where not known or not
    to be shown."""

    result: Result
    dollars: tuple[float | None, ...]


def at_prices(
    connection: Connection,
    directory: Directory,
    query: Query,
    viewer: Viewer,
    prices: Sequence[ListPrice],
    as_of: date | None = None,
) -> AtPrices:
    """The rows of the query with their tokens' cost at these prices, shown, hidden and rounded as tokens are.

    Raises what `run` raises, and NoData where some day of the period has no price.
    """
    result = run(connection, directory, query.with_(metrics=(*query.metrics, "tokens")), viewer, as_of)
    plain = Query(
        metrics=CLASSES,
        period=result.period,
        group_by=query.group_by,
        grain=result.query.grain,
        filters=query.filters,
        scopes=query.scopes,
    )
    days = sum(span.days for price in prices if price.over < 0 and (span := _within(price, result.period)))
    if days < result.period.days:
        raise NoData("no list price of it is known for all of these days")
    sums: dict[Labels, Fraction | None] = defaultdict(lambda: None)
    for price in prices:
        span = _within(price, result.period)
        if span is None:
            continue
        below = max((other for other in prices if _precedes(other, price)), key=lambda band: band.over, default=None)
        # What larger requests cost more than smaller ones, on top of what all cost.
        unit = tuple(a - b for a, b in zip(price.prices, below.prices if below else (0, 0, 0, 0), strict=True))
        asked = plain.with_(period=span, larger=price.over if below else None)
        for row in run(connection, directory, asked, OPERATOR).rows:
            dollars = _dollars(row, unit)
            if dollars is not None:
                sums[_key(row)] = (sums[_key(row)] or Fraction(0)) + dollars
    return AtPrices(result, tuple(_shown(row, sums[_key(row)]) for row in result.rows))


def _within(price: ListPrice, period: Period) -> Period | None:
    first, last = max(price.first, period.start), min(price.last, period.end)
    return Period(first, last) if first <= last else None


def _precedes(other: ListPrice, price: ListPrice) -> bool:
    """Whether it is a price of the same days for smaller requests."""
    return other.over < price.over and other.first <= price.first and price.last <= other.last


def _dollars(row: ResultRow, unit: Iterable[int]) -> Fraction | None:
    counts = [row.values[name] for name in CLASSES]
    if all(count is None for count in counts):
        return None
    return (
        sum((Fraction(int(count or 0)) * price for count, price in zip(counts, unit, strict=True)), Fraction(0)) / PICO
    )


def _key(row: ResultRow) -> Labels:
    return frozenset(row.labels.items())


def _shown(row: ResultRow, dollars: Fraction | None) -> float | None:
    if row.suppressed or "tokens" in row.hidden or dollars is None:
        return None
    value = float(dollars)
    return float(rounded(value) or 0) if row.rounded else value
