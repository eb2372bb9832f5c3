"""What each feed has for each day, and so how new an answer is and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from storage.load.fact_tables import FactTable
from storage.load.rollups import chunks
from storage.load.staging import GONE, feeds
from storage.records import DayState, Period
from storage.tables import Feed, Source, SyncDay, UsageDaily, WorkDaily, feed_label


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day of which a source has not, or not yet, all: partial, missing or provisional."""

    source: str
    day: date
    state: DayState


def save_days(connection: Connection, workspace_id: int, feed_id: int, states: Mapping[date, DayState]) -> bool:
    """Keep the state of days; True where one of them differs from what was known."""
    changed: dict[date, DayState] = {}
    for days in chunks(states):
        rows = connection.execute(
            select(SyncDay.day, SyncDay.state).where(*_of(workspace_id, feed_id), SyncDay.day.in_(days))
        )
        known = {day: state for day, state in rows}
        changed |= {day: states[day] for day in days if known.get(day) != states[day].value}
    for days in chunks(changed):
        connection.execute(delete(SyncDay).where(*_of(workspace_id, feed_id), SyncDay.day.in_(days)))
        connection.execute(
            insert(SyncDay),
            [
                {"workspace_id": workspace_id, "feed_id": feed_id, "day": day, "state": changed[day].value}
                for day in days
            ],
        )
    return bool(changed)


def complete_days(connection: Connection, facts: FactTable) -> dict[int, dict[date, DayState]]:
    """The days of staged facts by feed, each as complete."""
    found: dict[int, dict[date, DayState]] = {}
    rows = select(feeds.c.feed_id, facts.staged.c.day).join(feeds, feeds.c.no == facts.staged.c.feed_no)
    for feed, day in connection.execute(rows.where(facts.staged.c.verdict != GONE).distinct()):
        found.setdefault(feed, {})[day] = DayState.COMPLETE
    return found


def days_said(
    connection: Connection,
    facts: FactTable,
    feed: int,
    states: Mapping[date, DayState] | None,
    lacking: Mapping[date, DayState | None],
) -> Mapping[int, Mapping[date, DayState]]:
    """The states of days by feed as a load says them of its own feed; where it says none, its days are complete."""
    if states is None:
        return complete_days(connection, facts)
    return {feed: {day: state for day, state in {**states, **lacking}.items() if state is not None}}


def newest_day(connection: Connection, workspace_id: int, as_of: date | None = None) -> date | None:
    """The last day with a fact, of usage or work; not after `as_of`."""
    found = []
    for daily in (UsageDaily, WorkDaily):
        newest = select(func.max(daily.day)).where(daily.workspace_id == workspace_id)
        found.append(connection.scalar(newest.where(daily.day <= as_of) if as_of else newest))
    return max((day for day in found if day is not None), default=None)


def newest_days(connection: Connection, workspace_id: int) -> dict[str, date]:
    """The last day that each source has anything for, by its name."""
    rows = connection.execute(
        select(Source.name, func.max(SyncDay.day))
        .join(Feed, Feed.source_id == Source.id)
        .join(SyncDay, SyncDay.feed_id == Feed.id)
        .where(Source.workspace_id == workspace_id, SyncDay.state != DayState.MISSING.value)
        .group_by(Source.name)
        .order_by(Source.name)
    )
    return {name: day for name, day in rows}


def incomplete_days(connection: Connection, workspace_id: int, period: Period) -> list[DayNote]:
    """The days of the period that some source has not all of, in order."""
    rows = connection.execute(
        select(feed_label(), SyncDay.day, SyncDay.state)
        .join(Feed, Feed.source_id == Source.id)
        .join(SyncDay, SyncDay.feed_id == Feed.id)
        .where(
            SyncDay.workspace_id == workspace_id,
            SyncDay.day.between(period.start, period.end),
            SyncDay.state != DayState.COMPLETE.value,
        )
        .order_by(SyncDay.day, feed_label())
    )
    return [DayNote(name, day, DayState(state)) for name, day, state in rows]


def _of(workspace_id: int, feed_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return SyncDay.workspace_id == workspace_id, SyncDay.feed_id == feed_id
