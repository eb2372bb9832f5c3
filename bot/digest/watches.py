"""Whether a watch has something to tell: the digest's change test, at 5 % over a quarter, or the level asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.digest.baseline import DigestScope, series
from bot.digest.calendars import calendar
from bot.digest.gather import compared, provisional
from bot.digest.movers import Judged
from bot.digest.week import Week, week_of
from bot.figures import short
from bot.questions.plans import budgets
from bot.questions.plans.horizon import running_month
from bot.settings import Settings
from bot.statistics.weekly import usual
from storage.answer.privacy import Viewer
from storage.answer.shown import Shown
from storage.catalogue import metric
from storage.errors import Denied, InvalidQuery, NoData, UnknownName
from storage.keep.watches import ABOVE, BUDGET, RANGE, Watched
from storage.names import Directory
from storage.query import Query, query_from_json

FALSE_ALARMS = 0.05  # of watches, over the weeks of a quarter
QUARTER = 13


@dataclass(frozen=True, slots=True)
class Fired:
    """What the watch's reader is told; `cause` tells one occasion from the next: a week, or a month's budget."""

    cause: str
    text: str
    shown: tuple[Shown, ...] = ()


def check(
    connection: Connection,
    directory: Directory,
    watch: Watched,
    viewer: Viewer,
    settings: Settings,
    as_of: date,
) -> Fired | None:
    """What there is to tell on a day; None where nothing is, or its reader may not see it (any more)."""
    try:
        query = query_from_json(watch.query)
        if watch.kind == BUDGET:
            return _of_budget(connection, directory, watch, query, viewer, settings, as_of)
        return _of_week(connection, directory, watch, query, viewer, settings, as_of)
    except (Denied, NoData, UnknownName, InvalidQuery):
        return None


def _of_budget(
    connection: Connection,
    directory: Directory,
    watch: Watched,
    query: Query,
    viewer: Viewer,
    settings: Settings,
    as_of: date,
) -> Fired | None:
    month = running_month(as_of)
    found = budgets.standing_of(connection, directory, query.filters, month, viewer, settings, as_of)
    if found is None or found.used is None or found.cost is None or found.used < (watch.level or 0):
        return None
    text = (
        f"{short(found.used, 'fraction')} of the budget of {found.label} for {month.label} is used: "
        f"{short(found.cost, found.currency)} of {short(found.amount, found.currency)}."
    )
    return Fired(f"{month.start:%Y-%m}", text, found.result.shown if found.result else ())


def _of_week(
    connection: Connection,
    directory: Directory,
    watch: Watched,
    query: Query,
    viewer: Viewer,
    settings: Settings,
    as_of: date,
) -> Fired | None:
    week = week_of(as_of).plus(-1)
    plain = query.with_(having=(), period=week.period)
    team = next(
        (
            condition.values[0]
            for condition in query.filters
            if condition.dimension == "team" and len(condition.values) == 1
        ),
        None,
    )
    days = calendar(connection, directory, week, team, settings.country)
    weeks, whole = compared(connection, directory, week, days)
    if whole.missed or provisional(whole, week, as_of) or days.leaves_out(week):
        return None
    scope = DigestScope(connection, directory, viewer, week)
    value = scope.figure(plain)
    if value is None:
        return None
    unit = metric(query.metrics[0]).unit.value
    about = watch.title.partition(", leaves")[0].partition(", is ")[0]
    now = f"{about[:1].upper()}{about[1:]}: {short(value, unit)} in the week of {_day(week)}"
    if watch.kind != RANGE:
        level = watch.level or 0.0
        passed = value > level if watch.kind == ABOVE else value < level
        side = "above" if watch.kind == ABOVE else "below"
        return Fired(str(week), f"{now}, {side} {short(level, unit)}.") if passed else None
    before = series(scope, plain, weeks)
    known = usual([before[earlier] for earlier in weeks if earlier in before])
    if known is None or not fires(Judged(metric=query.metrics[0], value=value, usual=known, breadth_p=None)):
        return None
    side = "above" if value > known.centre else "below"
    ranged = f"{short(known.low, unit)} to {short(known.high, unit)}"
    return Fired(str(week), f"{now}, {side} its usual range of {ranged} over the {known.weeks} weeks before.")


def fires(test: Judged) -> bool:
    """The digest's test of a series outside its limits, so strict that 5 % of quiet watches fire in a quarter."""
    return test.off_level and test.p <= FALSE_ALARMS / QUARTER


def _day(week: Week) -> str:
    return f"{week.monday.day} {week.monday:%B}"
