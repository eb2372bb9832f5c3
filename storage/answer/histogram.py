"""How many people have how much: a histogram of what each active person has, whose bins hold a group each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import floor, log10

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.answer.fetch import fetch
from storage.answer.privacy import SMALLEST_GROUP, Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.catalogue import METRICS, Metric
from storage.catalogue.each_person import BASES
from storage.catalogue.person_measures import percentile
from storage.errors import Denied, InvalidQuery
from storage.names import Directory
from storage.query import Query

NICE = (1, 2, 5)
EVEN = 20  # times the smallest that the largest may be for bins of one width
MOST = 10  # bins of one width


@dataclass(frozen=True, slots=True)
class Bin:
    """So many people have at least `low` and less than `high`; None where the last bin is open."""

    low: float
    high: float | None
    people: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bins, and the median that is behind them as `run` gives it."""

    median: Result
    bins: tuple[Bin, ...]


def histogram(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date | None = None
) -> Histogram:
    """The histogram of the figure that the query asks the median of, for whom the median may be shown exactly.

    Raises what `run` raises.
    """
    of = percentile(query.metrics[0])
    if of is None or query.group_by or query.grain or query.previous:
        raise InvalidQuery("a distribution is of one figure, of one group and period")
    median = run(connection, directory, query, viewer, as_of)
    if any(row.rounded for row in median.rows):
        raise Denied("difference")  # people in bins are exact: beside those of other days they may tell of one
    base = BASES[of.base]
    figure = Metric(name=of.base, label=base.label, unit=base.unit, formula=base.formula, description="")
    each = median.query.with_(period=median.period, metrics=(of.base, "active_people"), group_by=("person",))
    compiler = Compiler(directory.workspace_id, directory, query, buckets_of(each))
    counted = replace(compiler, query=each.with_(metrics=query.metrics))
    found = fetch(connection, counted, [figure, METRICS["active_people"]], ("person",), query.filters)
    values = [
        float(value or 0)
        for sums in found.sums.values()
        if (sums.get("active_people") or query.everyone) and (value := figure.formula.value(sums)) is not None
    ]
    return Histogram(median, binned(values, max(viewer.min_group, SMALLEST_GROUP)))


def binned(values: Sequence[float], fewest: int) -> tuple[Bin, ...]:
    """Bins between round numbers with so many values each, at least; one bin where there are not enough for two.

    What would be a smaller bin is in one with its neighbours. The last one is open where values in it stand apart.
    """
    ranked = sorted(values)
    if len(ranked) < fewest:
        return ()
    edges = _edges(ranked)
    places = [bisect_right(edges, value) - 1 for value in ranked]
    counts = [places.count(place) for place in range(len(edges) - 1)]
    bins: list[Bin] = []
    low, people = 0.0, 0
    for (_, high), count in zip(pairwise(edges), counts, strict=True):
        people += count
        if people >= fewest:
            bins.append(Bin(low, high, people))
            low, people = high, 0
    if people:
        last = bins.pop()
        bins.append(Bin(last.low, None, last.people + people))
    return tuple(bins)


def _edges(ranked: Sequence[float]) -> list[float]:
    """Round numbers around the values: of one width where these are alike in size, else 1, 2, 5, 10, 20, ..."""
    largest = ranked[-1]
    if largest <= 0:
        return [0.0, 1.0]
    smallest = next(value for value in ranked if value > 0)
    if largest <= EVEN * smallest or largest <= MOST:
        width = next(step for step in _nice(largest / MOST) if step * MOST >= largest)
        return [float(f"{width * at:.10g}") for at in range(floor(largest / width) + 2)]
    steps = _nice(smallest)
    found = [0.0, next(steps)]
    while found[-1] <= largest:
        found.append(next(steps))
    return found


def _nice(start: float) -> Iterator[float]:
    power = floor(log10(start))
    while True:
        yield from (float(f"{digit}e{power}") for digit in NICE)
        power += 1
