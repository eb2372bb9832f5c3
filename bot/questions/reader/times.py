"""Period and comparison of a message from its mentions: small programmes, one of which the network names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.questions.finders.marks import Marked, Mention
from bot.questions.periods import (
    Calendar,
    CompareMatch,
    PeriodMatch,
    Span,
    default_period,
    default_trend,
    pair,
    previous,
    resolve,
    year_ago,
)
from bot.questions.periods.arithmetic import DAY, end_of, start_of
from bot.questions.periods.labels import period_label, range_label
from bot.questions.reading import World
from storage.query import Query
from storage.records import Period

_NOWHERE = Span(0, 0)
_DAYS_ALONE = re.compile(
    r"(?:from |between |the )*\d{1,2}(?:st|nd|rd|th)? (?:to|and|until|till|-) (?:the )?\d{1,2}(?:st|nd|rd|th)?"
)


@dataclass(frozen=True, slots=True)
class Times:
    """What a programme gives; `running` as in the query."""

    period: Period
    previous: Period | None = None
    running: bool = False


@dataclass(slots=True)
class Scene:
    """What a programme works on: the periods chosen, and what nothing said means (`trend`: a series' grain)."""

    marked: Marked
    world: World
    main: Mention | None = None
    others: list[Mention] = field(default_factory=list)
    before: Query | None = None
    trend: str = ""
    headcount: bool = False

    @property
    def calendar(self) -> Calendar:
        """The message's calendar."""
        assert self.marked.calendar is not None
        return self.marked.calendar

    @property
    def free(self) -> Calendar:
        """The calendar of comparisons, which may reach before the first recorded day."""
        return Calendar(self.world.as_of, None, self.world.fiscal_start)

    @property
    def base(self) -> PeriodMatch:
        """The main period, or the one that nothing said means."""
        if self.main is not None:
            return match_of(self.main, self.before, self.calendar)
        if self.headcount:
            today = self.calendar.as_of
            return as_match(Period(today, today, range_label(today, today)), self.calendar)
        return default_trend(self.calendar, self.trend) if self.trend else default_period(self.calendar)


def unit_of(period: Period) -> str | None:
    """The calendar unit whose first days a period is."""
    so_far = "so far" in period.label or "this " in period.label
    for unit in ("day", "week", "month", "quarter", "year"):
        end = end_of(period.start, unit)
        if start_of(period.start, unit) == period.start and (end == period.end or (so_far and period.end < end)):
            return unit
    return None


def as_match(period: Period, calendar: Calendar) -> PeriodMatch:
    """A period of the thread as a phrase would have given it."""
    unit = unit_of(period)
    running = unit is not None and period.end == calendar.as_of
    return PeriodMatch(span=_NOWHERE, period=period, kind=unit or "span", unit=unit, running=running)


def match_of(mention: Mention, before: Query | None, calendar: Calendar) -> PeriodMatch:
    """The period of a mention; one counted from the thread's, where it is said so."""
    match = mention.match
    if not isinstance(match, PeriodMatch):
        return as_match(mention.values[0], calendar)
    if before is None:
        return match
    if match.kind == "relative":
        return resolve(match, before.period, calendar, unit_of(before.period))
    within = _within(match, mention.said.lower(), before.period)
    return match if within is None else as_match(within, calendar)


def _within(match: PeriodMatch, said: str, days: Period) -> Period | None:
    """A part of the thread's month or span: "the second half", "from 1st to 7th", "until 11 October"."""
    first, last = match.period.start, match.period.end
    one_month = (days.start.year, days.start.month) == (days.end.year, days.end.month)
    if match.kind == "until" and days.start <= last <= days.end:
        return Period(days.start, last, range_label(days.start, last))
    if match.kind == "half" and "half" in said and one_month:
        middle = days.start.replace(day=15)
        start, end = (days.start.replace(day=1), middle) if first.month == 1 else (middle + DAY, _month_end(middle))
        return Period(start, end, range_label(start, end))
    if match.kind == "span" and one_month and last.day <= _month_end(days.start).day and _DAYS_ALONE.fullmatch(said):
        start, end = days.start.replace(day=first.day), days.start.replace(day=last.day)
        return Period(start, end, range_label(start, end))
    return None


def _month_end(day: date) -> date:
    return end_of(start_of(day, "month"), "month")


def run(programme: str, scene: Scene) -> Times | None:
    """What the programme gives; None where it does not apply, or where it compares days with themselves."""
    try:
        got = _PROGRAMMES[programme](scene)
    except (ValueError, OverflowError):  # a day that no calendar has
        return None
    if got and got.previous and got.previous.start == got.period.start and got.previous.end == got.period.end:
        got = replace(got, previous=previous(got.period, scene.free))  # "up on the previous 28 days"
    earlier = got.previous if got else None
    if got and earlier and got.period.start <= earlier.end and earlier.start <= got.period.end:
        return None
    return got


def _one(scene: Scene) -> Times:
    return Times(scene.base.period)


def _previous(scene: Scene) -> Times:
    base = scene.base
    earlier = previous(base, scene.free, whole=base.whole)
    return Times(base.period, earlier, base.running and base.unit is not None)


def _previous_whole(scene: Scene) -> Times:
    base = scene.base
    return Times(base.period, previous(base, scene.free, whole=True))


def _year_ago(scene: Scene) -> Times:
    base = scene.base
    return Times(base.period, year_ago(base, scene.free))


def _kept(scene: Scene) -> Times | None:
    before = scene.before
    if before is None or before.previous is None:
        return None
    return Times(before.period, before.previous, before.running)


def _union(scene: Scene) -> Times | None:
    said = [*([scene.main] if scene.main else []), *scene.others]
    periods = sorted(
        (match_of(mention, scene.before, scene.calendar).period for mention in said), key=lambda period: period.start
    )
    if len(periods) < 2:
        return None
    start, end = periods[0].start, periods[-1].end
    return Times(Period(start, end, range_label(start, end)))


def _ends(scene: Scene) -> Times | None:
    """The last month of a span beside the first: "from August to October"."""
    period = scene.base.period
    last, first = start_of(period.end, "month"), start_of(period.start, "month")
    if first != period.start or last == first:
        return None
    later, end = Period(last, period.end, period_label(last, period.end, "month")), end_of(first, "month")
    return Times(later, Period(first, end, period_label(first, end, "month")))


def _pair(scene: Scene) -> Times | None:
    if scene.main is None or len(scene.others) != 1:
        return None
    later, earlier = pair(scene.base, match_of(scene.others[0], scene.before, scene.calendar), scene.free)
    return Times(later.period, earlier)


def _found(scene: Scene) -> Times | None:
    """The comparison that the period grammar found."""
    said = next((mention.match for mention in scene.marked.mentions if mention.kind == "compare"), None)
    if not isinstance(said, CompareMatch):
        return None
    if said.later is None:
        later, earlier = _against(said, scene)
    else:
        later = said.later
        earlier = said.earlier or (said.named.period if said.named else _step_back(said, later, scene))
    running = bool(later.running and later.unit and not said.whole and said.kind == "previous")
    return Times(later.period, earlier, running)


def _against(said: CompareMatch, scene: Scene) -> tuple[PeriodMatch, Period | None]:
    """A comparison that names no period of its own: the thread's, or the message's, against what it says."""
    base = as_match(scene.before.period, scene.calendar) if scene.before else said.fallback
    if base is None:
        base = match_of(scene.main, None, scene.calendar) if scene.main else default_period(scene.calendar)
    if said.kind == "explicit" and said.named is not None:
        later, earlier = pair(base, said.named, scene.free, whole=said.whole)
        return later, earlier
    return base, _step_back(said, base, scene)


def _step_back(said: CompareMatch, later: PeriodMatch, scene: Scene) -> Period | None:
    if said.kind == "year_ago":
        return year_ago(later, scene.free)
    return previous(later, scene.free, whole=said.whole)


_PROGRAMMES: dict[str, Callable[[Scene], Times | None]] = {
    "one": _one,
    "union": _union,
    "found": _found,
    "previous": _previous,
    "previous_whole": _previous_whole,
    "year_ago": _year_ago,
    "kept_previous": _kept,
    "pair": _pair,
    "ends": _ends,
}
