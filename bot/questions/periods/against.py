"""The contract's comparison rules: the period before, the same dates a year before, two named periods."""

from __future__ import annotations

from datetime import date, timedelta

from bot.questions.periods.arithmetic import DAY, MONTHS_OF, end_of, shifted, step, year_before
from bot.questions.periods.labels import period_label
from bot.questions.periods.matches import Calendar, PeriodMatch, Span
from bot.questions.periods.phrase import Phrase, matched
from storage.records import Period

_NOWHERE = Span(0, 0)


def _parts(said: PeriodMatch | Period, unit: str | None) -> tuple[Period, str | None]:
    return (said.period, unit or said.unit) if isinstance(said, PeriodMatch) else (said, unit)


def is_running(period: Period, unit: str | None, calendar: Calendar) -> bool:
    """Whether a unit is cut, or reaches the day asked and so is not over."""
    return unit is not None and (period.end < end_of(period.start, unit) or period.end == calendar.as_of)


def _recorded(first: date, last: date, unit: str | None, calendar: Calendar) -> Period | None:
    """None where it lies wholly before the first recorded day."""
    if calendar.first_day is not None and last < calendar.first_day:
        return None
    whole = unit is not None and last == end_of(first, unit)
    return Period(first, last, period_label(first, last, unit if whole else None))


def previous(
    said: PeriodMatch | Period, calendar: Calendar, unit: str | None = None, *, whole: bool = False
) -> Period | None:
    """The period just before: the previous unit of a unit, the same number of days before a span.

    A running unit is compared with as many days from the start of the one before (`whole`: with all of it), at most
    to that one's end. None where it lies wholly before the first recorded day.
    """
    period, unit = _parts(said, unit)
    try:
        if unit is None:
            first, last = period.start - timedelta(days=period.days), period.start - DAY
        else:
            first = step(period.start, unit, -1)
            last = end_of(first, unit)
            if is_running(period, unit, calendar) and not whole:
                last = min(last, first + timedelta(days=period.days - 1))
    except (ValueError, OverflowError):
        return None
    return _recorded(first, last, unit, calendar)


def year_ago(said: PeriodMatch | Period, calendar: Calendar, unit: str | None = None) -> Period | None:
    """The same dates one year before; for a week the same ISO week (week 53: the last one of a shorter year)."""
    period, unit = _parts(said, unit)
    try:
        if unit == "week":
            first = _week_a_year_before(period.start)
            last = first + timedelta(days=period.days - 1)
        else:
            first, last = year_before(period.start), year_before(period.end)
            if unit in MONTHS_OF and period.end == end_of(period.start, unit):
                last = end_of(first, unit)
    except (ValueError, OverflowError):
        return None
    return _recorded(first, last, unit, calendar)


def _week_a_year_before(monday: date) -> date:
    year, week, _ = monday.isocalendar()
    try:
        return date.fromisocalendar(year - 1, week, 1)
    except ValueError:
        return date.fromisocalendar(year - 1, week - 1, 1)


def pair(
    first: PeriodMatch, second: PeriodMatch, calendar: Calendar, *, whole: bool = False
) -> tuple[PeriodMatch, Period]:
    """Two named periods as (later, earlier), in whatever order they were said.

    Where the later one is running and the earlier its predecessor, the earlier is cut to the same number of days.
    """
    earlier, later = sorted((first, second), key=lambda match: (match.period.start, match.period.end))
    follows = later.unit is not None and later.unit == earlier.unit
    if follows and not (whole or earlier.whole) and is_running(later.period, later.unit, calendar):
        before = step(later.period.start, later.unit or "", -1)
        cut = previous(later, Calendar(calendar.as_of)) if before == earlier.period.start else None
        return later, cut or earlier.period
    return later, earlier.period


def resolve(match: PeriodMatch, base: PeriodMatch | Period, calendar: Calendar, unit: str | None = None) -> PeriodMatch:
    """A relative phrase ("the week before that") counted from the period it speaks of."""
    period, unit = _parts(base, unit)
    try:
        phrase = _beside(match, period, unit, calendar)
    except (ValueError, OverflowError):
        return match
    return matched(phrase, calendar, match.span)


def _beside(match: PeriodMatch, period: Period, unit: str | None, calendar: Calendar) -> Phrase:
    if match.step == "year ago":
        found = year_ago(period, Calendar(calendar.as_of), unit) or period
        return Phrase(first=found.start, last=found.end, kind=unit or "span", unit=unit, reason="a year before")
    wanted = match.step or unit
    if wanted is None or (match.count > 1 and match.step is not None):
        return _span_beside(match, period)
    if match.shift < 0:
        first, last = shifted(period.start, wanted, match.shift) if _plain(wanted) else _stepped(period, wanted, -1)
    else:
        whole_end = end_of(period.start, wanted) if wanted == unit else period.end
        first, last = shifted(whole_end, wanted, match.shift) if _plain(wanted) else _stepped(period, wanted, 1)
    return Phrase(first=first, last=last, kind=wanted, unit=wanted, reason="counted from the period before it in words")


def _plain(unit: str) -> bool:
    return not unit.startswith("fiscal")


def _stepped(period: Period, unit: str, count: int) -> tuple[date, date]:
    first = step(period.start, unit, count)
    return first, end_of(first, unit)


def _span_beside(match: PeriodMatch, period: Period) -> Phrase:
    """So many units, or as many days as the base has, just before or after it."""
    if match.shift < 0:
        last = period.start - DAY
        first = step(period.start, match.step, -match.count) if match.step else last - timedelta(days=period.days - 1)
    else:
        first = period.end + DAY
        last = (step(first, match.step, match.count) - DAY) if match.step else first + timedelta(days=period.days - 1)
    return Phrase(
        first=first,
        last=last,
        kind="span",
        count=match.count,
        step=match.step,
        reason="as long, just beside the period",
    )


def successor(match: PeriodMatch, calendar: Calendar) -> PeriodMatch | None:
    """The current unit of the same kind: what "than last month" is compared with; None for a span."""
    if match.unit is None or not _plain(match.unit):
        return None
    first, last = shifted(calendar.as_of, match.unit, 0)
    if first <= match.period.start:
        return None
    phrase = Phrase(first=first, last=last, kind=match.unit, unit=match.unit, reason="the current unit")
    return matched(phrase, calendar, _NOWHERE)
