"""A phrase as read, before it is cut at the day asked, and the cutting."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.questions.lexicon.patterns import LatePattern
from bot.questions.periods.arithmetic import end_of
from bot.questions.periods.labels import period_label, unit_label
from bot.questions.periods.matches import Calendar, PeriodMatch, Span
from storage.records import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Whole days a phrase names; `name` is the label's stem where the dates alone would not say it.

    `floating`: no year was said, so beside a later period it means the last one before that.
    `anaphoric`: "previous", "prior": in a comparison it is counted from the other period.
    `ends` are the two periods of a range, which a question about change compares.
    """

    first: date
    last: date
    kind: str
    unit: str | None = None
    name: str = ""
    reason: str = ""
    count: int = 1
    step: str | None = None
    shift: int = 0
    floating: bool = False
    anaphoric: bool = False
    whole: bool = False
    ends: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A phrase that only a setting or the asker can resolve."""

    reason: str
    options: tuple[Phrase, ...] = ()


Reading = Phrase | Doubt
Build = Callable[[re.Match[str], Calendar], Reading | None]
Rule = tuple[LatePattern, Build]


def one_unit(first: date, unit: str, reason: str, *, floating: bool = False, name: str = "") -> Phrase:
    """A whole calendar unit."""
    return Phrase(
        first=first, last=end_of(first, unit), kind=unit, unit=unit, reason=reason, floating=floating, name=name
    )


def one_day(day: date, reason: str, *, name: str = "", floating: bool = False) -> Phrase:
    """A single day."""
    return one_unit(day, "day", reason, name=name, floating=floating)


def last_days(calendar: Calendar, count: int, name: str = "") -> Phrase:
    """The `count` days that end the day before the day asked."""
    last = calendar.as_of - timedelta(days=1)
    first = calendar.as_of - timedelta(days=count)
    name = name or f"last {count} days"
    return Phrase(
        first=first, last=last, kind="span", name=name, count=count, step="day", reason=f"{name}, ending yesterday"
    )


def cut(phrase: Phrase, calendar: Calendar) -> tuple[Period, bool, bool]:
    """The period up to the day asked, whether it is still running, and whether it lies wholly after that day."""
    future = phrase.first > calendar.as_of
    last = phrase.last if future else min(phrase.last, calendar.as_of)
    current = phrase.last >= calendar.as_of if phrase.unit else phrase.last > calendar.as_of
    label = period_label(phrase.first, last, phrase.unit, phrase.name)
    return Period(phrase.first, last, label), current and not future, future


def matched(phrase: Phrase, calendar: Calendar, span: Span) -> PeriodMatch:
    """The public value of a phrase."""
    period, running, future = cut(phrase, calendar)
    return PeriodMatch(
        span=span, period=period, kind=phrase.kind, unit=phrase.unit, running=running, future=future,
        whole=phrase.whole, count=phrase.count, step=phrase.step, shift=phrase.shift,
        reason=phrase.reason or unit_label(phrase.first, phrase.unit or "day"),
    )  # fmt: skip


def renamed(phrase: Phrase, name: str) -> Phrase:
    """The same days under another name."""
    return replace(phrase, name=name)
