"""The figures a digest compares: those of its week, and of the closed weeks before it; every one from the store."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.digest.week import Week, week_of
from bot.statistics.weekly import WEEKS
from storage.answer.privacy import Viewer
from storage.answer.result import ResultRow
from storage.answer.run import run
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.query import Filter, Grain, Query
from storage.records import Period

LOOK_BACK = 52  # weeks searched for twelve that count


@dataclass(frozen=True)
class DigestScope:
    """Whose figures in which week, for which reader: what every figure of one digest is taken with."""

    connection: Connection
    directory: Directory
    viewer: Viewer
    week: Week
    team: str | None = None

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The scope as a filter."""
        return (Filter("team", (self.team,)),) if self.team else ()

    def query(self, *metrics: str, week: Week | None = None) -> Query:
        """A figure of the scope in a week; the digest's own where none is named."""
        return Query(metrics=metrics, period=(week or self.week).period, filters=self.filters)

    def figure(self, query: Query) -> float | None:
        """The single figure of a query; None without data or divisor. Raises Denied."""
        rows = self.rows(query)
        value = rows[0].values[query.metrics[0]] if rows else None
        return None if value is None else float(value)

    def rows(self, query: Query) -> tuple[ResultRow, ...]:
        """The rows of a query, none without data. Raises Denied."""
        try:
            return run(self.connection, self.directory, query, self.viewer).rows
        except NoData:
            return ()

    def allowed(self, query: Query) -> float | None:
        """The same, None also where it may not be shown."""
        try:
            return self.figure(query)
        except Denied:
            return None

    def of(self, team: str | None) -> DigestScope:
        """The same for another scope."""
        return DigestScope(self.connection, self.directory, self.viewer, self.week, team)


def weeks_before(
    week: Week, directory: Directory, left_out: Callable[[Week], bool], broken: Container[date], limit: int = WEEKS
) -> list[Week]:
    """The last closed weeks that count: recorded whole, not left out for holidays, no source broken; oldest first."""
    if directory.usage is None:
        return []
    first = directory.usage[0]
    found: list[Week] = []
    for back in range(1, LOOK_BACK + 1):
        earlier = week.plus(-back)
        if earlier.monday < first or len(found) == limit:
            break
        if not any(day in broken for day in earlier.period.each_day()) and not left_out(earlier):
            found.append(earlier)
    return found[::-1]


def series_query(query: Query, weeks: Sequence[Week], week: Week) -> Query:
    """The weekly series of a figure from the oldest of `weeks` to `week`."""
    first = weeks[0] if weeks else week
    return query.with_(period=Period(first.monday, week.sunday), grain=Grain.WEEK)


def series(scope: DigestScope, query: Query, weeks: Sequence[Week]) -> dict[Week, float]:
    """The figure in each of the weeks that has one. Raises Denied."""
    if not weeks:
        return {}
    name = query.metrics[0]
    rows = scope.rows(series_query(query, weeks, weeks[-1]))
    wanted = set(weeks)
    found = {week_of(date.fromisoformat(row.labels["week"])): row.values[name] for row in rows}
    return {week: float(value) for week, value in found.items() if week in wanted and value is not None}
