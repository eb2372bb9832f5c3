"""Which days to come a prediction is about: "this month", "next week", "the next 3 weeks", "by the end of November"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.labels import MONTH_NAMES, range_label, unit_label
from storage.records import Period

NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "twelve": 12}
_MONTHS = "|".join(f"{name}|{name[:3]}" for name in MONTH_NAMES)
_END = r"(?:by|at|until|till|through|to|before|for|come|as of) (?:the )?"
_UNIT = "week|month|quarter|year"
RULES = (
    (
        "next",
        LatePattern(rf"\b(?:(?:in|over|for|during|within) )?(?:the )?(?:next|coming) (?P<unit>{_UNIT})\b(?:'s)?", re.I),
    ),
    (
        "ahead",
        LatePattern(
            r"\b(?:(?:in|over|for|during|within) )?(?:the )?(?:next|coming|following) "
            rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)}) (?P<unit>day|week|month)s?\b",
            re.I,
        ),
    ),
    (
        "this",
        LatePattern(
            rf"\b(?:{_END})?(?:(?:the )?(?:end|rest) of )?(?:this|the(?= (?:{_UNIT})(?:[ -]end)?\b)|current)"
            rf" (?:current |running )?(?P<unit>{_UNIT})(?:[ -]end)?\b(?:'s)?",
            re.I,
        ),
    ),
    ("this", LatePattern(rf"\b(?:{_END})?(?:end of )?(?P<unit>{_UNIT})[ -]end\b", re.I)),
    ("this", LatePattern(r"\b(?:by |at |until )?(?:the )?(?P<eom>eom|eoy|eoq)\b", re.I)),
    (
        "month",
        LatePattern(
            rf"\b(?:(?:by|at|until|till|in|for|of|during|this) )?(?:the )?(?:end of )?(?P<month>{_MONTHS})\b(?:'s)?"
            r"(?: (?P<year>20\d\d))?",
            re.I,
        ),
    ),
    ("tomorrow", LatePattern(r"\btomorrow\b", re.I)),
)
SHORT = {"eom": "month", "eoq": "quarter", "eoy": "year"}


def horizon(text: str, as_of: date) -> tuple[Period | None, str]:
    """The days to come that are named, up to their end, and the text without them; None where none are.

    A month that is over this year is that of the next one; a running unit is given whole.
    """
    for kind, rule in RULES:
        found = rule.search(text)
        if found is None:
            continue
        groups = {name: (value or "").lower() for name, value in found.groupdict().items()}
        if kind == "month" and groups["month"] in ("may", "march", "mar") and found["month"][0].islower():
            continue  # "what may we spend"
        rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
        return _days(kind, groups, as_of), rest
    return None, text


def running_month(as_of: date) -> Period:
    """The month of a day, whole."""
    return _unit(as_of, "month")


def _days(kind: str, groups: dict[str, str], as_of: date) -> Period:
    if kind == "this":
        return _unit(as_of, groups.get("unit") or SHORT[groups["eom"]])
    if kind == "next":
        return _unit(_unit(as_of, groups["unit"]).end + timedelta(days=1), groups["unit"])
    if kind == "tomorrow":
        day = as_of + timedelta(days=1)
        return Period(day, day, unit_label(day, "day"))
    if kind == "ahead":
        count = NUMBERS.get(groups["count"]) or int(groups["count"])
        days = count * {"day": 1, "week": 7, "month": 31}[groups["unit"]]
        end = as_of + timedelta(days=days - 1)
        return Period(as_of, end, range_label(as_of, end))
    number = next(at for at, name in enumerate(MONTH_NAMES, start=1) if name.lower().startswith(groups["month"][:3]))
    year = int(groups["year"]) if groups["year"] else as_of.year + (number < as_of.month)
    return _unit(date(year, number, 1), "month")


def _unit(day: date, unit: str) -> Period:
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return Period(first, first + timedelta(days=6), range_label(first, first + timedelta(days=6)))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    last = first.month + months - 1
    return Period(first, date(day.year, last, monthrange(day.year, last)[1]), unit_label(first, unit))
