"""The period of the question before, as a phrase of this one would have given it."""

from __future__ import annotations

import re
from calendar import monthrange

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.sentence import Item
from bot.questions.periods import (
    PeriodMatch,
    Span,
)
from bot.questions.periods.labels import range_label
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


def half_of_thread(draft: Draft, item: Item) -> PeriodMatch | None:
    """ "and the second half", said after the first half of a month: of that month."""
    said = re.fullmatch(r"(?:in |the )*(?P<nth>first|second|other|1st|2nd) half", item.word)
    if said is None or draft.before is None:
        return None
    before = draft.before.query.period
    last = monthrange(before.start.year, before.start.month)[1]
    halves = {"first": (1, 15), "second": (16, last)}
    now = next((nth for nth, days in halves.items() if days == (before.start.day, before.end.day)), None)
    if now is None or before.start.month != before.end.month:
        return None
    nth = {"1st": "first", "2nd": "second"}.get(said["nth"], said["nth"])
    wanted = halves["second" if now == "first" else "first"] if nth == "other" else halves[nth]
    start, end = (before.start.replace(day=day) for day in wanted)
    end = min(end, draft.calendar.as_of)
    if start > end:
        return None
    return PeriodMatch(
        span=_NOWHERE, period=Period(start, end, range_label(start, end)), kind="span", unit=None,
        reason=f"the {said['nth']} half of the thread's month",
    )  # fmt: skip


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
