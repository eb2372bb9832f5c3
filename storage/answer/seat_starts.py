"""How long it takes from a seat to its first use: the median of those who have used it, and how many have not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.answer.each_person import quantile
from storage.answer.privacy import SMALLEST_GROUP, Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.answer.seats import Seats, SeatStart
from storage.catalogue.each_person import MEDIAN_GROUP
from storage.catalogue.person_measures import MEDIAN
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.query import Query
from storage.records import Period

NONE_BEGAN = "no seat began since usage is recorded; seats.csv with start_date brings them"


@dataclass(frozen=True, slots=True)
class FirstUse:
    """Of a tool ("": all together): the median days from seat to first use, of how many, and how many have not yet.

    None is hidden: of too few.
    """

    tool: str
    median: float | None
    used: int | None
    unused: int | None


def first_uses(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date
) -> tuple[Result, list[FirstUse]]:
    """The seats of the query's people and tools that began on recorded days; by tool where the query lists tools.

    The result is that of the seats held. Raises what `run` raises, NoData where none began, Denied where all are
    hidden.
    """
    if directory.usage is None:
        raise NoData("nothing is recorded yet")
    last = min(as_of - timedelta(days=1), directory.usage[1])
    asked = Query(metrics=("seats",), period=Period(last, last), filters=query.filters)
    held = run(connection, directory, asked, viewer, as_of)
    compiler = Compiler(directory.workspace_id, directory, asked, buckets_of(asked))
    by_tool: dict[str, list[SeatStart]] = defaultdict(list)
    for start in Seats(connection, compiler).starts(last, query.filters):
        by_tool[start.tool if query.group_by else ""].append(start)
    if not by_tool:
        raise NoData(NONE_BEGAN)
    found = [_first_use(tool, starts, viewer) for tool, starts in sorted(by_tool.items())]
    if all(start.median is None for start in found) and any(
        start.days is not None for starts in by_tool.values() for start in starts
    ):
        raise Denied("group")
    return held, found


def _first_use(tool: str, starts: Sequence[SeatStart], viewer: Viewer) -> FirstUse:
    days = [start.days for start in starts if start.days is not None]
    unused = len(starts) - len(days)
    fewest = 1 if viewer.operator else max(viewer.min_group, SMALLEST_GROUP)
    middle = quantile([Fraction(number) for number in days], MEDIAN)
    is_shown = bool(days) and (viewer.operator or len(days) >= MEDIAN_GROUP)
    is_counted = is_shown and (unused == 0 or unused >= fewest)
    return FirstUse(
        tool,
        float(middle) if is_shown and middle is not None else None,
        len(days) if is_counted else None,
        unused if is_counted else None,
    )
