"""Weekdays as a condition and as labels: which days of a period they pick, for every kind of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, case, cast, literal, literal_column

from storage.errors import UnknownName
from storage.query import Filter, Op
from storage.records import Period
from storage.tables import EPOCH

WEEKDAY = "weekday"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHIFT = date.fromordinal(EPOCH).weekday()  # the first day of the calendar of the store was a Thursday
WEEK = 7


def kept(filters: Iterable[Filter]) -> tuple[str, ...]:
    """The weekdays that these filters leave, Monday first. Raises UnknownName."""
    left: tuple[str, ...] = WEEKDAYS
    for condition in filters:
        if condition.dimension == WEEKDAY:
            for name in condition.values:
                if name not in WEEKDAYS:
                    raise UnknownName(WEEKDAY, name)
            left = tuple(day for day in left if (day in condition.values) is not (condition.op is Op.NOT_IN))
    return left


def picked(names: Sequence[str], by: Sequence[str], labels: Sequence[Any]) -> tuple[str, ...]:
    """Of these weekdays those of a row: all, or the one that its label says."""
    return (labels[by.index(WEEKDAY)],) if WEEKDAY in by else tuple(names)


def days_of(period: Period, names: Sequence[str]) -> int:
    """How many days of a period are on these weekdays."""
    return sum(_up_to(period.end, at) - _before(period.start, at) for at in map(WEEKDAYS.index, names))


def on(day: Any, names: Sequence[str]) -> list[ColumnElement[bool]]:
    """The condition that a day is on these weekdays; none where all are."""
    return [] if len(names) == WEEK else [_number(day).in_([WEEKDAYS.index(name) for name in names])]


def label(day: Any) -> ColumnElement[str]:
    """The name of a day's weekday."""
    # Written out, since PostgreSQL takes two bound texts in SELECT and GROUP BY for different ones.
    number = (cast(day, Integer) + literal_column(str(SHIFT))) % literal_column(str(WEEK))
    names = [literal_column(f"'{name}'", String) for name in WEEKDAYS]
    others = ((number == literal_column(str(at)), name) for at, name in enumerate(names[1:], 1))
    return case(*others, else_=names[0])


def employed_days(first: Any, last: Any, names: Sequence[str]) -> ColumnElement[int]:
    """How many days from one column to another, both included, are on these weekdays."""
    start, end = cast(first, Integer), cast(last, Integer)
    every: ColumnElement[int] = end - start + 1
    if len(names) == WEEK:
        return every
    found: ColumnElement[int] = literal(0)
    for at in map(WEEKDAYS.index, names):
        found = found + (end - at + SHIFT) // WEEK - (start - 1 - at + SHIFT) // WEEK
    return found


def mask(first: int, length: int, names: Sequence[str]) -> int:
    """The days on these weekdays as bits, of so many days from the one with this number since 1970."""
    chosen = {WEEKDAYS.index(name) for name in names}
    return sum(1 << place for place in range(length) if (first + place + SHIFT) % WEEK in chosen)


def _number(day: Any) -> ColumnElement[int]:
    return (cast(day, Integer) + SHIFT) % WEEK


def _up_to(day: date, at: int) -> int:
    return (day.toordinal() - 1 - at) // WEEK  # the first day of all was a Monday


def _before(day: date, at: int) -> int:
    return (day.toordinal() - 2 - at) // WEEK
