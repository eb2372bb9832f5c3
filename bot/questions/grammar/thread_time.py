"""The period of the question before, as a phrase of this one would have given it."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft
from bot.questions.periods import (
    PeriodMatch,
    Span,
)
from storage.records import Period

_NOWHERE = Span(0, 0)


def thread_period(draft: Draft, period: Period | None = None) -> PeriodMatch | None:
    """The period of the question before, as a phrase would have given it."""
    if draft.before is None:
        return None
    period = period or draft.before.query.period
    unit = unit_of(period)
    running = unit is not None and period.end == draft.calendar.as_of
    return PeriodMatch(
        span=_NOWHERE, period=period, kind=unit or "span", unit=unit, running=running, reason="the thread's"
    )


def unit_of(period: Period) -> str | None:
    """The calendar unit whose first days a period is."""
    from bot.questions.periods.arithmetic import end_of, start_of

    so_far = "so far" in period.label or "this " in period.label
    for unit in ("day", "week", "month", "quarter", "year"):
        if start_of(period.start, unit) == period.start and (
            end_of(period.start, unit) == period.end or (so_far and period.end < end_of(period.start, unit))
        ):
            return unit
    return None
