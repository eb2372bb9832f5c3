"""What is done of a source's reports: the states of their days, how the last pass went, what the store holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, case, cast, func, insert, literal, select, update

from storage.catalogue.daily import ELSEWHERE, is_marked
from storage.load.freshness import save_days
from storage.load.load_log import feed_id
from storage.load.locking import lock_revision
from storage.records import DayState, Period
from storage.tables import EPOCH, Feed, Load, Source, SourceState, SyncDay, UsageFact, WorkFact
from storage.workspaces import bump_revision

LONGEST_ERROR = 1000
ONE_DAY = timedelta(days=1)
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPass:
    """How the last pass over a report went; `error` is "" where it went well."""

    tried_at: datetime
    succeeded_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHolding:
    """What the store has of one feed: how many facts, how many of these count elsewhere, and the states of its days."""

    rows: int
    elsewhere: int
    days: Mapping[date, DayState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What came by itself from a source: how many facts, how many count elsewhere, up to which day, the last when."""

    rows: int
    elsewhere: int
    newest: date | None
    last: datetime | None


def day_states(connection: Connection, workspace_id: int, source: str, feed: str) -> dict[date, DayState]:
    """The state of each day that a feed has one for."""
    rows = (
        select(SyncDay.day, SyncDay.state)
        .join(Feed, Feed.id == SyncDay.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .where(Source.workspace_id == workspace_id, Source.name == source, Feed.name == feed)
    )
    return {day: DayState(state) for day, state in connection.execute(rows)}


def facts_by_day(connection: Connection, workspace_id: int, source: str, feed: str, period: Period) -> dict[date, int]:
    """How many facts of use a feed has of each UTC day of a period that it has any of."""
    day: ColumnElement[int] = func.coalesce(UsageFact.at // DAY_MS, cast(UsageFact.day, BigInteger))
    first, last = (end.toordinal() - EPOCH for end in (period.start, period.end))
    rows = (
        select(day, func.count())
        .select_from(UsageFact)
        .join(Feed, Feed.id == UsageFact.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .where(UsageFact.workspace_id == workspace_id, Source.name == source, Feed.name == feed)
        # Facts are found by their days, and the local day of an instant is at most one off.
        .where(UsageFact.day.between(period.start - ONE_DAY, period.end + ONE_DAY), day.between(first, last))
        .group_by(day)
    )
    return {date.fromordinal(number + EPOCH): facts for number, facts in connection.execute(rows)}


def note_missing(connection: Connection, workspace_id: int, source: str, feed: str, days: list[date]) -> None:
    """Say of days that their source could not give them."""
    lock_revision(connection, workspace_id)
    of_feed = feed_id(connection, workspace_id, source, feed)
    if save_days(connection, workspace_id, of_feed, dict.fromkeys(days, DayState.MISSING)):
        bump_revision(connection, workspace_id)


def note_pass(
    connection: Connection, workspace_id: int, source: str, report: str, now: datetime, error: str = ""
) -> None:
    """Keep how a pass over a report ended."""
    mine = (SourceState.workspace_id == workspace_id, SourceState.source == source, SourceState.report == report)
    values: dict[str, object] = {"tried_at": now, "error": error[:LONGEST_ERROR]}
    if not error:
        values["succeeded_at"] = now
    if not connection.execute(update(SourceState).where(*mine).values(values)).rowcount:
        connection.execute(
            insert(SourceState).values(workspace_id=workspace_id, source=source, report=report, **values)
        )


def last_passes(connection: Connection, workspace_id: int, source: str) -> dict[str, LastPass]:
    """How the last pass over each report of a source went, by its name."""
    columns = select(SourceState.report, SourceState.tried_at, SourceState.succeeded_at, SourceState.error)
    rows = connection.execute(columns.where(SourceState.workspace_id == workspace_id, SourceState.source == source))
    return {
        report: LastPass(tried_at=tried, succeeded_at=succeeded, error=error)
        for report, tried, succeeded, error in rows
    }


def successes(connection: Connection) -> dict[str, datetime]:
    """When each source was last read well, the longest ago of its workspaces and reports."""
    worst = func.min(SourceState.succeeded_at)
    rows = connection.execute(
        select(SourceState.source, worst).where(SourceState.succeeded_at.is_not(None)).group_by(SourceState.source)
    )
    return {source: at for source, at in rows if at is not None}


def holding(connection: Connection, workspace_id: int, source: str, feed: str) -> FeedHolding:
    """What the store has of a feed."""
    of_feed = connection.scalar(
        select(Feed.id)
        .join(Source, Source.id == Feed.source_id)
        .where(Source.workspace_id == workspace_id, Source.name == source, Feed.name == feed)
    )
    days = day_states(connection, workspace_id, source, feed)
    if of_feed is None:
        return FeedHolding(rows=0, elsewhere=0, days=days)
    rows, elsewhere = _counted(connection, workspace_id, select(Feed.id).where(Feed.id == of_feed), days)
    return FeedHolding(rows=rows, elsewhere=elsewhere, days=days)


def delivered(connection: Connection, workspace_id: int, source: str) -> Delivered:
    """What the store has of a source that nobody asks: it is sent."""
    of_source = (Source.workspace_id == workspace_id, Source.name == source)
    feeds = select(Feed.id).join(Source, Source.id == Feed.source_id).where(*of_source)
    known = connection.scalar(select(feeds.exists()))
    rows, elsewhere = _counted(connection, workspace_id, feeds, ()) if known else (0, 0)
    newest, last = connection.execute(
        select(func.max(Load.last_day), func.max(Load.finished_at))
        .join(Source, Source.id == Load.source_id)
        .where(*of_source, Load.undone_at.is_(None))
    ).one()
    return Delivered(rows=rows, elsewhere=elsewhere, newest=newest, last=last)


def _counted(connection: Connection, workspace_id: int, feeds: Select[Any], days: Collection[date]) -> tuple[int, int]:
    """How many facts feeds have, and of how many another feed tells; around the `days` alone, where some are given."""
    counted = elsewhere = 0
    told = cast(func.coalesce(func.sum(case((is_marked(UsageFact, ELSEWHERE), 1), else_=0)), 0), BigInteger)
    for fact in (UsageFact, WorkFact):
        mine = [fact.workspace_id == workspace_id, fact.feed_id.in_(feeds)]
        if days:  # facts are found by their days, and the local day of an instant is at most one off
            mine.append(fact.day.between(min(days) - ONE_DAY, max(days) + ONE_DAY))
        also = told if fact is UsageFact else literal(0)
        found = connection.execute(select(func.count(), also).select_from(fact).where(*mine)).one()
        counted, elsewhere = counted + found[0], elsewhere + found[1]
    return counted, elsewhere
