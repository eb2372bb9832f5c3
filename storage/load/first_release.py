"""What a store of the first release has as sums of days: told again row by row, its sums go.

That release knew no instants, events or bookings: it added up all rows of a day, person and stream. The same file read
today makes facts of their own of them, which stood beside the sum. A file that tells less than the sum is another one,
and adds to it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, tuple_

from storage.load.dictionaries import Target
from storage.load.fact_tables import FactTable
from storage.load.merging import Leave
from storage.load.rollups import chunks
from storage.load.staging import NEW, feeds, streams, subjects
from storage.tables import Load, UsageFact

TOKENS = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
OF_USAGE = "unpriced_rows"  # what a report of a load of usage counted, and no other


def drop_sums(connection: Connection, facts: FactTable, target: Target, leave: Leave) -> int:
    """Remove the sums whose rows are staged as new facts; gives how many."""
    loads = _summed_loads(connection, target)
    if not loads:
        return 0
    usage = facts.staged
    known = select(usage.c.key).where(usage.c.old_day.is_not(None))
    told = (
        select(
            feeds.c.feed_id,
            usage.c.day,
            subjects.c.subject_id,
            streams.c.stream_id,
            func.sum(_tokens(usage.c)).label("tokens"),
            func.sum(func.coalesce(usage.c.requests, 0)).label("requests"),
        )
        .select_from(
            usage.join(feeds, feeds.c.no == usage.c.feed_no)
            .join(subjects, subjects.c.no == usage.c.subject_no)
            .join(streams, streams.c.no == usage.c.stream_no)
        )
        .where(usage.c.verdict == NEW)
        .group_by(feeds.c.feed_id, usage.c.day, subjects.c.subject_id, streams.c.stream_id)
        .subquery("told")
    )
    names = ("feed_id", "day", "subject_id", "stream_id")
    same = and_(*(getattr(UsageFact, name) == told.c[name] for name in names))
    sums = (
        select(UsageFact.feed_id, UsageFact.key)
        .join(told, same)
        .where(
            UsageFact.load_id.in_(loads),
            UsageFact.key.not_in(known),
            told.c.tokens >= _tokens(UsageFact),
            told.c.requests >= func.coalesce(UsageFact.requests, 0),
        )
    )
    keys = [(feed_id, key) for feed_id, key in connection.execute(sums)]
    for chosen in chunks(keys):
        which = tuple_(UsageFact.feed_id, UsageFact.key).in_(chosen)
        leave(which)
        connection.execute(delete(UsageFact).where(which))
    return len(keys)


def _summed_loads(connection: Connection, target: Target) -> list[int]:
    """The loads of usage from before loads said what they brought."""
    rows = select(Load.id, Load.report).where(
        Load.workspace_id == target.workspace_id, Load.source_id == target.source_id, Load.kind == ""
    )
    return [id_ for id_, report in connection.execute(rows) if OF_USAGE in report]


def _tokens(rows: Any) -> ColumnElement[int]:
    counts: list[ColumnElement[int]] = [func.coalesce(getattr(rows, name), 0) for name in TOKENS]
    return counts[0] + counts[1] + counts[2] + counts[3]
