"""Whether a span has all that its sources usually bring: days they lack, and sources that have stopped."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, func, select

from storage.records import DayState, Period
from storage.tables import Feed, Source, SyncDay, feed_label

LACKING = (DayState.MISSING.value, DayState.PARTIAL.value)


@dataclass(frozen=True, slots=True)
class Completeness:
    """`sources` fed the baseline; `missed` are the days of the span that each of them lacks; `silent` is where none of
    them brought anything at all."""

    sources: tuple[str, ...]
    missed: dict[str, tuple[date, ...]]
    provisional: bool
    silent: bool = False


def broken_days(connection: Connection, workspace_id: int, period: Period) -> frozenset[date]:
    """The days of which some source has not all."""
    days = select(SyncDay.day).where(
        SyncDay.workspace_id == workspace_id,
        SyncDay.day.between(period.start, period.end),
        SyncDay.state.in_(LACKING),
    )
    return frozenset(connection.scalars(days.distinct()))


def completeness(connection: Connection, workspace_id: int, span: Period, baseline: Period) -> Completeness:
    """What the sources of the baseline have for the span.

    A day inside a source's history without rows is a day without use; but one after its newest day is missed, where
    the source had that weekday in at least half of the baseline's weeks.
    """
    newest = {name: day for name, day in connection.execute(_newest(workspace_id))}
    states: dict[str, dict[date, str]] = defaultdict(dict)
    weekdays: dict[str, Counter[int]] = defaultdict(Counter)
    for name, day, state in connection.execute(_states(workspace_id, baseline, span)):
        if baseline.start <= day <= baseline.end and state != DayState.MISSING.value:
            weekdays[name][day.weekday()] += 1
        if span.start <= day <= span.end:
            states[name][day] = state
    weeks = baseline.days / 7
    missed = {}
    for name, seen in weekdays.items():
        usual = {weekday for weekday, count in seen.items() if count >= weeks / 2}
        lacks = [
            day
            for day in span.each_day()
            if states[name].get(day) in LACKING or (day > newest.get(name, date.min) and day.weekday() in usual)
        ]
        if lacks:
            missed[name] = tuple(lacks)
    provisional = any(state == DayState.PROVISIONAL.value for days in states.values() for state in days.values())
    silent = bool(weekdays) and all(
        name in missed and all(state in LACKING for state in states[name].values()) for name in weekdays
    )
    return Completeness(tuple(sorted(weekdays)), missed, provisional, silent)


def _newest(workspace_id: int) -> Select[str, date]:
    return (
        select(feed_label(), func.max(SyncDay.day))
        .join(Feed, Feed.source_id == Source.id)
        .join(SyncDay, SyncDay.feed_id == Feed.id)
        .where(Source.workspace_id == workspace_id, SyncDay.state != DayState.MISSING.value)
        .group_by(feed_label())
    )


def _states(workspace_id: int, baseline: Period, span: Period) -> Select[str, date, str]:
    first, last = min(baseline.start, span.start), max(baseline.end, span.end)
    return (
        select(feed_label(), SyncDay.day, SyncDay.state)
        .join(Feed, Feed.id == SyncDay.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .where(SyncDay.workspace_id == workspace_id, SyncDay.day.between(first, last))
    )
