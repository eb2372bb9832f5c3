"""Grains of time: the steps of a series, each labelled by the first day of its whole grain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from storage.query import Grain
from storage.records import Period


def first_of(day: date, grain: Grain) -> date:
    """The first day of the whole day, ISO week, month or quarter that holds `day`."""
    if grain is Grain.DAY:
        return day
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    if grain is Grain.MONTH:
        return day.replace(day=1)
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def after(first: date, grain: Grain) -> date:
    """The first day of the next one."""
    if grain is Grain.DAY:
        return first + timedelta(days=1)
    if grain is Grain.WEEK:
        return first + timedelta(days=7)
    months = 1 if grain is Grain.MONTH else 3
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)


def steps(period: Period, grain: Grain) -> Iterator[tuple[date, Period]]:
    """The points of a series: (first day of the whole grain, the part of it inside the period)."""
    first = first_of(period.start, grain)
    while first <= period.end:
        following = after(first, grain)
        inside = Period(max(first, period.start), min(following - timedelta(days=1), period.end))
        yield first, inside
        first = following


def is_part(first: date, inside: Period, grain: Grain, as_of: date | None = None) -> bool:
    """Whether a point is less than its whole grain: cut at an edge, or not over on the day `as_of`."""
    last = after(first, grain) - timedelta(days=1)
    return inside.start > first or inside.end < last or (as_of is not None and last >= as_of)


def count(period: Period, grain: Grain) -> float | int:
    """How many days, weeks or months an average is over: whole ones, a part of a week as its days ÷ 7."""
    if grain is Grain.DAY:
        return period.days
    if grain is Grain.WEEK:
        return period.days // 7 if period.days % 7 == 0 else period.days / 7
    return len(list(steps(period, grain)))
