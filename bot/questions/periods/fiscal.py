"""Fiscal years and quarters: dates where the fiscal year's first month is set, else a question back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.questions.periods.arithmetic import DAY, add_months, end_of, fiscal_start
from bot.questions.periods.matches import Calendar
from bot.questions.periods.phrase import Doubt, Phrase, Reading, Rule
from bot.questions.periods.words import SO_FAR, rule

_UNSET = "the first month of the fiscal year is not set"
_SHIFTS = {"this": 0, "current": 0, "next": 1}
_FISCAL = r"(?:fiscal|financial)"


def _unit(first: date, unit: str, name: str) -> Phrase:
    return Phrase(first=first, last=end_of(first, unit), kind="fiscal", unit=unit, name=name, reason=name)


def year_named(year: int, calendar: Calendar) -> Reading:
    """FY26: the fiscal year that ends in 2026."""
    month = calendar.fiscal_start
    if month is None:
        return Doubt(_UNSET)
    return _unit(date(year if month == 1 else year - 1, month, 1), "fiscal year", f"FY{year % 100:02d}")


def _current(unit: str, shift: int, calendar: Calendar, name: str) -> Reading:
    if calendar.fiscal_start is None:
        return Doubt(_UNSET)
    first = fiscal_start(calendar.as_of, unit, calendar.fiscal_start)
    months = 12 if unit == "fiscal year" else 3
    return _unit(add_months(first, months * shift), unit, name)


def _named_year(match: re.Match[str], calendar: Calendar) -> Reading | None:
    digits = match["year"].lstrip("'")
    return year_named(int(digits) + (2000 if len(digits) == 2 else 0), calendar)


def _relative(match: re.Match[str], calendar: Calendar) -> Reading | None:
    rel = match["rel"] or "this"
    unit = "fiscal quarter" if match["unit"] in ("quarter", "qtr") else "fiscal year"
    return _current(unit, _SHIFTS.get(rel, -1), calendar, f"{rel} {unit}")


def _to_date(match: re.Match[str], calendar: Calendar) -> Reading | None:
    return _current("fiscal year", 0, calendar, "this fiscal year")


def _quarter(match: re.Match[str], calendar: Calendar) -> Reading | None:
    """A fiscal quarter: of the year said, else the most recent one that has begun."""
    groups = match.groupdict()
    digits = next((groups[key] for key in ("year", "year_before") if groups.get(key)), None)
    if digits is not None:
        year = year_named(int(digits[-2:]) + 2000, calendar)
    else:
        year = _current("fiscal year", 0, calendar, "fiscal")
    if isinstance(year, Doubt):
        return year
    first = add_months(year.first, 3 * (int(match["q"]) - 1))
    if digits is None and first > calendar.as_of:
        first = add_months(first, -12)
    return _unit(first, "fiscal quarter", f"fiscal Q{match['q']}")


def _half(match: re.Match[str], calendar: Calendar) -> Reading | None:
    year = year_named(int(match["year"][-2:]) + 2000, calendar)
    if isinstance(year, Doubt):
        return year
    first = add_months(year.first, 6 * (int(match["h"]) - 1))
    last = add_months(first, 6) - DAY
    return replace(year, first=first, last=last, unit=None, kind="span", name=f"fiscal H{match['h']}")


_FY = r"(?:fy|f/y|(?:fiscal|financial) year) ?(?P<year>'?\d\d(?:\d\d)?)"

RULES: tuple[Rule, ...] = (
    (rule(_FY), _named_year),
    (
        rule(
            rf"(?:(?P<rel>this|current|last|previous|prior|past|next) )?{_FISCAL} (?P<unit>year|quarter|qtr|yr)"
            rf"(?: {SO_FAR})?"
        ),
        _relative,
    ),
    (rule(rf"(?:(?P<rel>this|current|last|previous|prior|past|next) )?fy(?P<unit>)(?: {SO_FAR})?"), _relative),
    (rule(r"fytd|fy td"), _to_date),
    (rule(rf"(?:{_FISCAL} q|fq)(?P<q>[1-4])(?: (?:of )?{_FY})?"), _quarter),
    (rule(rf"q(?P<q>[1-4]) (?:of )?{_FY}"), _quarter),
    (rule(r"fy ?(?P<year_before>'?\d\d(?:\d\d)?) ?q(?P<q>[1-4])"), _quarter),
    (rule(rf"h(?P<h>[12]) (?:of )?{_FY}"), _half),
)
