"""The words people read for a period: "October 2026", "9-15 Nov 2026"."""

from __future__ import annotations

from datetime import date

from bot.questions.periods.arithmetic import end_of, start_of

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_label(day: date) -> str:
    """ "9 November 2026"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _short(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"


def range_label(first: date, last: date) -> str:
    """ "9-15 Nov 2026", "21 Oct - 17 Nov 2026", "28 Dec 2026 - 3 Jan 2027"."""
    if first == last:
        return f"{_short(first)} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_short(last)} {last.year}"
    if first.year == last.year:
        return f"{_short(first)} - {_short(last)} {last.year}"
    return f"{_short(first)} {first.year} - {_short(last)} {last.year}"


def unit_label(first: date, unit: str) -> str:
    """The name of the whole unit that begins on `first`."""
    if unit == "day":
        return day_label(first)
    if unit == "week":
        return f"week {first.isocalendar().week} ({range_label(first, end_of(first, unit))})"
    if unit == "month":
        return f"{MONTH_NAMES[first.month - 1]} {first.year}"
    if unit == "quarter":
        return f"Q{(first.month + 2) // 3} {first.year}"
    if unit == "half":
        return f"H{(first.month + 5) // 6} {first.year}"
    if unit == "year":
        return str(first.year)
    if unit == "weekend":
        return f"weekend ({range_label(first, end_of(first, unit))})"
    return range_label(first, end_of(first, unit))


def period_label(first: date, last: date, unit: str | None = None, name: str = "") -> str:
    """A label for the days from `first` to `last`: `name` with its dates, else the unit's own name, else the dates."""
    days = range_label(first, last)
    cut = unit is not None and unit != "day" and last < end_of(first, unit)
    if name:
        return f"{name} so far ({days})" if cut else f"{name} ({days})"
    if unit is None or (unit not in ("day", "weekend") and start_of_unit(first, unit) != first):
        return days
    if not cut:
        return unit_label(first, unit)
    return f"{unit_label(first, unit).split(' (')[0]} so far ({days})"


def start_of_unit(first: date, unit: str) -> date:
    """Where the calendar unit begins; a fiscal unit begins where it was said to."""
    return first if unit.startswith("fiscal") else start_of(first, unit)
