"""Since when and until when people used AI: cohorts by the month of first use, and weeks since the last use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.calendar import after
from storage.answer.compile import Compiler
from storage.answer.privacy import SMALLEST_GROUP, Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.errors import Denied, NoData
from storage.names import Directory
from storage.query import Grain, Query
from storage.records import Period

RECENT = 28  # days in which somebody who is still active has an active day
WEEK = 7
STEPS = (0, 1, 2, 4, 8, 12, 26, 52)  # weeks since the last use at which a class begins


@dataclass(frozen=True, slots=True)
class Cohort:
    """People whose first recorded use lies in the months from one to another, and how many are still active."""

    first: date
    last: date
    people: int
    active: int


@dataclass(frozen=True, slots=True)
class Since:
    """People whose last use is at least `low` and less than `high` weeks ago.

    `high` None is no end, `low` None those who have never used it. `with_never` where those are among others.
    """

    low: int | None
    high: int | None
    people: int
    with_never: bool = False


def cohorts(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date
) -> tuple[Result, list[Cohort]]:
    """The cohorts of everybody with recorded use under the query's filters, oldest first, a group each.

    The result is that of the active people of all recorded days. Raises what `run` raises, and Denied where all are too
    few for one group.
    """
    result, uses = _uses(connection, directory, query, viewer, as_of)
    since = as_of - timedelta(days=RECENT)
    people = Counter(first.replace(day=1) for first, _ in uses)
    active = Counter(first.replace(day=1) for first, last in uses if last >= since)
    found: list[Cohort] = []
    for months in _groups(sorted(people), people, _fewest(viewer)):
        end = after(months[-1], Grain.MONTH) - timedelta(days=1)
        found.append(Cohort(months[0], end, sum(people[m] for m in months), sum(active[m] for m in months)))
    if not found:
        raise Denied("group")
    return result, found


def since_last_use(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date
) -> tuple[Result, list[Since]]:
    """The members of today by the weeks since their last use under the query's filters, a group each.

    The result is that of the inactive people of all recorded days. Raises as `cohorts` does.
    """
    today = query.with_(metrics=("inactive_people",), period=_recorded(directory, as_of))
    result = run(connection, directory, today, viewer, as_of)
    on_the_day = query.with_(period=Period(as_of, as_of))
    members = [*connection.scalars(_compiler(directory, on_the_day).people_in_scope())]
    _, uses = _by_person(connection, directory, query, as_of)
    counted: Counter[int] = Counter()
    for person in members:
        last = uses[person][1] if person in uses else None
        counted[len(STEPS) if last is None else _step((as_of - last).days // WEEK)] += 1
    fewest, never = _fewest(viewer), len(STEPS)
    apart = counted[never] >= fewest or not counted[never]  # those who never did are a row of their own
    groups = [*_groups(range(never if apart else never + 1), counted, fewest)]
    groups += [[never]] if apart and counted[never] else []
    if not groups:
        raise Denied("group")
    return result, [
        Since(
            None if steps[0] == never else STEPS[steps[0]],
            None if steps[-1] + 1 >= never else STEPS[steps[-1] + 1],
            sum(counted[step] for step in steps),
            with_never=len(steps) > 1 and bool(counted[never]) and steps[-1] == never,
        )
        for steps in groups
    ]


def _uses(
    connection: Connection, directory: Directory, query: Query, viewer: Viewer, as_of: date
) -> tuple[Result, list[tuple[date, date]]]:
    period, uses = _by_person(connection, directory, query, as_of)
    asked = query.with_(metrics=("active_people",), period=period)
    return run(connection, directory, asked, viewer, as_of), [*uses.values()]


def _by_person(
    connection: Connection, directory: Directory, query: Query, as_of: date
) -> tuple[Period, dict[Any, tuple[date, date]]]:
    """The first and last active day of each person on all recorded days before today."""
    period = _recorded(directory, as_of)
    asked = Query(metrics=("active_people",), period=period, filters=query.filters)
    statement = _compiler(directory, asked).usage(("first_active_day", "last_active_day"), ("person",))
    found = {row.by_person: (row.first_active_day, row.last_active_day) for row in connection.execute(statement)}
    return period, {person: days for person, days in found.items() if days[0] is not None}


def _compiler(directory: Directory, query: Query) -> Compiler:
    return Compiler(directory.workspace_id, directory, query, buckets_of(query))


def _recorded(directory: Directory, as_of: date) -> Period:
    if directory.usage is None or directory.usage[0] >= as_of:
        raise NoData("nothing is recorded yet")
    return Period(directory.usage[0], min(directory.usage[1], as_of - timedelta(days=1)))


def _groups(keys: Iterable[Any], people: Counter[Any], fewest: int) -> Sequence[list[Any]]:
    """Neighbours put together until each group has enough people; what is left over joins the last one."""
    found: list[list[Any]] = []
    open_: list[Any] = []
    for key in keys:
        open_.append(key)
        if sum(people[key] for key in open_) >= fewest:
            found.append(open_)
            open_ = []
    if open_ and found:
        found[-1] += open_ if any(people[key] for key in open_) else []
    return found


def _step(weeks: int) -> int:
    return max(at for at, first in enumerate(STEPS) if first <= max(weeks, 0))


def _fewest(viewer: Viewer) -> int:
    return 1 if viewer.operator else max(viewer.min_group, SMALLEST_GROUP)
