"""Which figure may be shown in place of one that may not: of the team above, of more people, of whole periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from sqlalchemy import Connection

from storage.answer.calendar import after, first_of
from storage.answer.privacy import Viewer
from storage.answer.run import may_show
from storage.answer.scope import PEOPLE
from storage.answer.windows import is_complete
from storage.errors import StorageError
from storage.names import Directory
from storage.query import Filter, Grain, Op, Query
from storage.records import Period

TRIED = 12  # figures that are looked at before giving up
ONE_DAY = timedelta(days=1)


def nearest(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, other_days_first: bool
) -> Query | None:
    """The query of a single figure that this viewer may see; `other_days_first` where only the days were wrong."""
    for candidate in islice(_candidates(directory, query, other_days_first), TRIED):
        try:
            if may_show(connection, directory, candidate, viewer):
                return candidate
        except StorageError:
            continue  # nothing is recorded there
    return None


def _candidates(directory: Directory, query: Query, other_days_first: bool) -> Iterator[Query]:
    plain = Query(metrics=query.metrics, period=query.period, filters=query.filters, average=query.average)
    wider = [plain.with_(filters=filters) for filters in dict.fromkeys(_wider(directory, query.filters))]
    longer = [plain.with_(period=period) for period in _longer(directory, query.period)]
    if plain.with_(previous=query.previous) != query:
        yield plain  # the total of a list or a series
    first, then = (longer, wider) if other_days_first else (wider, longer)
    yield from first
    yield from then
    yield from (figure.with_(period=period) for period in _longer(directory, query.period) for figure in wider)


def _wider(directory: Directory, filters: tuple[Filter, ...]) -> Iterator[tuple[Filter, ...]]:
    """With the teams above in place of a team, then without a condition on people, then without any of them."""
    for item in filters:
        others = tuple(other for other in filters if other is not item)
        if item.dimension == "team" and item.op is Op.IN and len(item.values) == 1:
            above = directory.team[item.values[0]].parent if item.values[0] in directory.team else ""
            while above:
                yield (*others, Filter("team", (above,)))
                above = directory.team[above].parent
    of_people = [item for item in filters if item.dimension in PEOPLE]
    for item in of_people:
        yield tuple(other for other in filters if other is not item)
    yield tuple(item for item in filters if item not in of_people)
    yield ()


def _longer(directory: Directory, period: Period) -> Iterator[Period]:
    """The last whole week, month and quarter that hold its end or come before it, as far as they are longer."""
    if directory.usage is None:
        return
    for unit in (Grain.WEEK, Grain.MONTH, Grain.QUARTER):
        start = first_of(period.end, unit)
        whole = Period(start, after(start, unit) - ONE_DAY)
        if not is_complete(whole, directory.usage):
            whole = Period(first_of(start - ONE_DAY, unit), start - ONE_DAY)
        if whole.days >= period.days and (whole.start, whole.end) != (period.start, period.end):
            yield whole
