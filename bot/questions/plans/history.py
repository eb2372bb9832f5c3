"""What a forecast is made of: the whole days or weeks of a figure, the size of its group, its last range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.errors import NoData
from storage.names import Directory
from storage.query import Filter, Grain, Query
from storage.records import Period

PEOPLE = ("team", "title", "location", "kind")
LONGEST = 52  # weeks that a forecast is made of
RECENT = 8  # weeks whose range is told where nothing is forecast
GROUP = 20  # people that a forecast is about, at least
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FigureHistory:
    """A figure in whole steps, oldest first; `end` is the last day of the last one."""

    values: tuple[float, ...]
    end: date


def last_whole_day(directory: Directory, as_of: date) -> date:
    """The newest day that is over and recorded. Raises NoData."""
    if directory.usage is None:
        raise NoData("nothing is recorded yet")
    return min(as_of - ONE_DAY, directory.usage[1])


def history(connection: Connection, directory: Directory, query: Query, as_of: date) -> FigureHistory:
    """The figure day by day, or, of a count of people, week by week; nobody reads these values as they are."""
    by_week = query.metrics[0] == "active_people"
    end = last_whole_day(directory, as_of)
    if by_week:
        end -= timedelta(days=(end.weekday() + 1) % 7)
    first = max(directory.usage[0] if directory.usage else end, end - LONGEST * ONE_WEEK + ONE_DAY)
    if by_week:
        first += timedelta(days=-first.weekday() % 7)
    if end < first:
        raise NoData("nothing is recorded of a whole week yet")
    grain = Grain.WEEK if by_week else Grain.DAY
    rows = run(connection, directory, _plain(query, Period(first, end), grain), OPERATOR).rows
    return FigureHistory(tuple(float(row.values[query.metrics[0]] or 0) for row in rows), end)


def recent(connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date) -> Result:
    """The last eight whole weeks, as the viewer may see them. Raises Denied, NoData."""
    end = last_whole_day(directory, as_of)
    end -= timedelta(days=(end.weekday() + 1) % 7)
    asked = _plain(query, Period(end - RECENT * ONE_WEEK + ONE_DAY, end), Grain.WEEK)
    return run(connection, directory, asked, viewer, as_of)


def is_large(connection: Connection, directory: Directory, query: Query, as_of: date) -> bool:
    """Whether the figure is of the whole organisation or of 20 people and more: members, and of a tool or model also
    those who used it in the last eight weeks."""
    if not query.filters:
        return True
    end = last_whole_day(directory, as_of)
    span = Period(end - RECENT * ONE_WEEK + ONE_DAY, end)
    members = tuple(condition for condition in query.filters if condition.dimension in PEOPLE)
    counts = [("headcount", members, Period(end, end))]
    if len(members) < len(query.filters):
        counts.append(("active_people", query.filters, span))
    return all(_count(connection, directory, *asked) >= GROUP for asked in counts)


def _count(
    connection: Connection, directory: Directory, metric: str, filters: tuple[Filter, ...], period: Period
) -> float:
    rows = run(connection, directory, Query(metrics=(metric,), period=period, filters=filters), OPERATOR).rows
    return float(rows[0].values[metric] or 0)


def _plain(query: Query, period: Period, grain: Grain) -> Query:
    return Query(metrics=query.metrics, period=period, filters=query.filters, grain=grain, currency=query.currency)
