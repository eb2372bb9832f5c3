"""What the period grammar gives back: where a phrase stands and which days it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.records import Period

CompareKind = Literal["previous", "explicit", "year_ago"]
GrainKind = Literal["series", "trend", "rank", "average"]


@dataclass(frozen=True, slots=True)
class Span:
    """Token indexes [start, end) in the list of tokens that was read."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """What days depend on: the day asked, the first recorded day, the fiscal year's first month (1 to 12)."""

    as_of: date
    first_day: date | None = None
    fiscal_start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMatch:
    """One period phrase, resolved.

    `kind` is day, now, week, month, quarter, half, year, fiscal, weekend, span, since, until, all, vague or relative.
    `unit` is the calendar unit the period is one of (None for a span); it is what `previous` steps by.
    `count` and `step` say how many of what a span holds ("last 4 weeks": 4, "week").
    A `relative` phrase ("the week before that") waits for a base: see `resolve`; until then `period` is counted from
    the current unit, and `shift` says how many units before (-) or after (+) the base it lies.
    """

    span: Span
    period: Period
    kind: str
    unit: str | None = None
    running: bool = False
    future: bool = False
    whole: bool = False
    count: int = 1
    step: str | None = None
    shift: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareMatch:
    """A comparison of periods; `spans` are the tokens that said it.

    `later` is None where the question names no period of its own: the thread's period is meant, else `fallback`,
    else the default period. `earlier` is None while `later` is, except that an explicit one then holds the period
    named (pair it with `pair`). `later` and `fallback` may lie before `earlier` only by the reader's own mistake.
    """

    spans: tuple[Span, ...]
    kind: CompareKind
    later: PeriodMatch | None = None
    earlier: Period | None = None
    named: PeriodMatch | None = None
    fallback: PeriodMatch | None = None
    whole: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodProblem:
    """A phrase that names a time only a setting or the asker can fix; `options` are its possible readings."""

    span: Span
    reason: str
    options: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrainMatch:
    """A word for the grain of a series; `grain` is None for a trend that names none.

    `kind` is series ("by week"), trend ("over time"), rank ("busiest week", "which day") or average ("per day on
    average").
    """

    span: Span
    grain: str | None
    kind: GrainKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeriods:
    """All that a question says about time.

    `periods` are what is asked for; the earlier side of a comparison is only in `comparisons`. `listed` is true where
    two or more stand side by side ("October and September"). `absorbed` are words that say what holds anyway.
    """

    periods: tuple[PeriodMatch, ...] = ()
    comparisons: tuple[CompareMatch, ...] = ()
    problems: tuple[PeriodProblem, ...] = ()
    listed: bool = False
    absorbed: tuple[Span, ...] = ()
