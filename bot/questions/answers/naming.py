"""What people call the labels of a row: "no team", "Mobile (own people)", "9-15 Nov", "Aug 2026 (8 days)"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.figures import plural
from bot.questions.periods.labels import MONTH_NAMES, range_label
from storage.answer.calendar import after
from storage.answer.result import Result, ResultRow
from storage.catalogue import NONE, dimension
from storage.names import Directory
from storage.query import Grain
from storage.records import Period

SO_FAR = "so far"


def names(result: Result, directory: Directory) -> Callable[[ResultRow], dict[str, str]]:
    """A function that gives the labels of a row of this result as people read them; the store's own ones stay."""
    grain, period = result.query.grain, result.period
    own = _own_people(result, directory)

    def named(row: ResultRow) -> dict[str, str]:
        return {
            label: point_name(value, grain, period, row)
            if grain is not None and label == grain.value
            else own.get(value, value)
            if label == "team"
            else plain_name(label, value)
            for label, value in row.labels.items()
        }

    return named


def plain_name(label: str, value: str) -> str:
    """ "no team" in place of "(none)"."""
    return f"no {dimension(label).label}" if value == NONE else value


def point_name(first: str, grain: Grain, period: Period, row: ResultRow | None = None) -> str:
    """A point of a series: "9-15 Nov", "Aug 2026", "Q3 2026", with its days where it is not whole."""
    start = date.fromisoformat(first)
    if row is None or not row.partial:
        return whole_name(start, grain, with_year=period.start.year != period.end.year)
    inside = Period(max(start, period.start), min(after(start, grain) - timedelta(days=1), period.end))
    whole = (after(start, grain) - start).days
    days = SO_FAR if row.days == whole else plural(row.days or inside.days, "day")
    year = period.start.year != period.end.year
    if grain in (Grain.DAY, Grain.WEEK):
        return f"{_span(inside.start, inside.end, year)} ({days})"
    return f"{whole_name(start, grain, with_year=year)} ({days})"


def whole_name(first: date, grain: Grain, *, with_year: bool = False) -> str:
    """The name of a whole day, week, month or quarter; months and quarters always say their year."""
    if grain is Grain.MONTH:
        return f"{MONTH_NAMES[first.month - 1][:3]} {first.year}"
    if grain is Grain.QUARTER:
        return f"Q{(first.month + 2) // 3} {first.year}"
    return _span(first, after(first, grain) - timedelta(days=1), with_year)


def short_day(day: date) -> str:
    """ "18 Nov"."""
    return _span(day, day, False)


def _span(first: date, last: date, with_year: bool) -> str:
    words = range_label(first, last)
    if with_year:
        return words
    return words.removesuffix(f" {last.year}").replace(f" {first.year} -", " -")


def _own_people(result: Result, directory: Directory) -> Mapping[str, str]:
    """A team with others below it is listed by its own direct members: it is not what its name means elsewhere."""
    found = {NONE: "no team"}
    if "team" in result.query.group_by and not result.query.scopes:
        found |= {team: f"{team} (own people)" for team in directory.children if team}
    return found
