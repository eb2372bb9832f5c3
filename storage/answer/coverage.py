"""How complete the data of a period are: attributed tokens, and days that a source marks missing or provisional."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, case, func, select

from storage.answer.result import Note, NoteKind
from storage.catalogue import Metric
from storage.catalogue.daily import tokens_of
from storage.catalogue.measures import MeasuredRows
from storage.names import Directory
from storage.records import DayState, Period
from storage.tables import Feed, Source, SyncDay, UsageDaily, feed_label

ENOUGH = 0.95  # under it an answer says how much of the use is somebody's


def coverage(connection: Connection, directory: Directory, period: Period) -> float | None:
    """Tokens of known people and agents ÷ all tokens of the period; None without tokens."""
    return directory.once(("coverage", period.start, period.end), lambda: _coverage(connection, directory, period))


def incomplete(metrics: Iterable[Metric], covered: float | None) -> Iterator[Note]:
    """What is said beside figures of use where too much of it is nobody's."""
    if covered is not None and covered < ENOUGH and any(MeasuredRows.USAGE in metric.bases for metric in metrics):
        yield Note(NoteKind.COVERAGE, {"coverage": covered})


def gaps(connection: Connection, directory: Directory, period: Period) -> Iterator[Note]:
    """The days of the period for which a source has nothing, or figures that may still change."""
    yield from directory.once(("gaps", period.start, period.end), lambda: tuple(_gaps(connection, directory, period)))


def _gaps(connection: Connection, directory: Directory, period: Period) -> Iterator[Note]:
    rows = connection.execute(
        select(feed_label(), SyncDay.state, SyncDay.day)
        .join(Feed, Feed.id == SyncDay.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .where(
            SyncDay.workspace_id == directory.workspace_id,
            SyncDay.day.between(period.start, period.end),
            SyncDay.state != DayState.COMPLETE.value,
        )
        .order_by(feed_label(), SyncDay.day)
    )
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, state, day in rows:
        days[name, state].append(day.isoformat())
    for (name, state), which in days.items():
        kind = NoteKind.PROVISIONAL if state == DayState.PROVISIONAL else NoteKind.MISSING
        yield Note(kind, {"source": name, "days": which})


def _coverage(connection: Connection, directory: Directory, period: Period) -> float | None:
    u = UsageDaily
    tokens = tokens_of(u)
    whole, attributed = connection.execute(
        select(func.sum(tokens), func.sum(case((u.spell_id.is_not(None), tokens), else_=0))).where(
            u.workspace_id == directory.workspace_id, u.day.between(period.start, period.end)
        )
    ).one()
    return float(attributed / whole) if whole else None
