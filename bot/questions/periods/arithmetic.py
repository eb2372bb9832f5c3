"""Calendar arithmetic on whole units: where a unit begins and ends, and stepping by units."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal quarter": 3, "fiscal year": 12}
DAYS_OF = {"day": 1, "week": 7, "weekend": 7}


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"no such year: {year}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of(day: date, unit: str) -> date:
    """The first day of the unit that holds `day`."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "weekend":
        return day + timedelta(days=5 - day.weekday())
    size = MONTHS_OF[unit]
    return date(day.year, (day.month - 1) // size * size + 1, 1)


def end_of(start: date, unit: str) -> date:
    """The last day of the unit that begins on `start`."""
    if unit == "weekend":
        return start + DAY
    return step(start, unit, 1) - DAY


def step(start: date, unit: str, count: int) -> date:
    """The start of the unit `count` units after the one that begins on `start`."""
    if unit in DAYS_OF:
        return start + timedelta(days=DAYS_OF[unit] * count)
    return add_months(start, MONTHS_OF[unit] * count)


def shifted(day: date, unit: str, count: int) -> tuple[date, date]:
    """First and last day of the unit `count` units after the one that holds `day`."""
    first = step(start_of(day, unit), unit, count)
    return first, end_of(first, unit)


def iso_week(year: int, week: int) -> date | None:
    """The Monday of an ISO week, None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def year_before(day: date) -> date:
    """The same date one year before (29 February: the 28th)."""
    return add_months(day, -12)


def fiscal_start(day: date, unit: str, first_month: int) -> date:
    """The first day of the fiscal year or quarter that holds `day`."""
    months = (day.month - first_month) % MONTHS_OF[unit]
    return add_months(day.replace(day=1), -months)
