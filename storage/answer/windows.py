"""Which spans of days are whole units, and how figures of others are answered for a small scope."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from storage.answer.calendar import after, first_of
from storage.catalogue.formula import Number
from storage.query import Grain
from storage.records import Period

FEW_PEOPLE = 20  # with usage: below it, figures of other spans than whole units are rounded
DIGITS = 2  # significant ones of a rounded figure
UNITS = (Grain.WEEK, Grain.MONTH)  # a quarter or a year is whole months
ONE_DAY = timedelta(days=1)


def is_complete(period: Period, recorded: tuple[date, date], as_of: date | None = None) -> bool:
    """Whether a period is one or more whole weeks or whole months that are over; outside the records is nothing.

    A unit is over where its records go to its end, or where it is over on the day `as_of`: a month of which the last
    days have no data is no window that somebody made.
    """
    first, last = recorded
    if period.end > last:
        return False
    return any(
        (period.start <= first or first_of(period.start, unit) == period.start)
        and (
            first_of(period.end + ONE_DAY, unit) == period.end + ONE_DAY
            or (as_of is not None and period.end == last and after(first_of(period.end, unit), unit) <= as_of)
        )
        for unit in UNITS
    )


def complete_near(period: Period, recorded: tuple[date, date]) -> Iterator[Period]:
    """The runs of whole weeks, and of whole months, whose edges are next to those of a period."""
    for unit in UNITS:
        inner = first_of(period.start, unit)
        outer = first_of(period.end + ONE_DAY, unit)
        starts = dict.fromkeys((inner, period.start if inner == period.start else after(inner, unit)))
        ends = dict.fromkeys((outer, outer if outer == period.end + ONE_DAY else after(outer, unit)))
        for start in starts:
            for end in ends:
                if start < end:
                    run = Period(start, end - ONE_DAY)
                    if run.end >= recorded[0] and is_complete(run, recorded):
                        yield run


def rounded(value: Number | None) -> Number | None:
    """A figure in two significant digits; a whole number stays one."""
    if value is None or not value:
        return value
    near = float(f"{float(value):.{DIGITS - 1}e}")
    return int(near) if isinstance(value, int) or (isinstance(value, Fraction) and value.denominator == 1) else near
