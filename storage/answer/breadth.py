"""How each person of a group moved against their own usual week: numbers without names, for a test inside the bot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from math import log
from statistics import median

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.errors import InvalidQuery
from storage.names import Directory
from storage.query import Grain, Query

OWN_WEEKS = 8  # active weeks that make a person's usual one
MEASURES = {
    **dict.fromkeys(("tokens_per_employee", "tokens"), "people_tokens"),
    **dict.fromkeys(("cost_per_employee", "cost"), "w_cost_nano"),
}
DOMINANT = 0.5
DOMINATED_GROUP = 10  # in a smaller one it would name the person


def shifts(
    connection: Connection, directory: Directory, query: Query, week: date, before: Collection[date]
) -> tuple[float, ...]:
    """log(this week ÷ the median of the last active weeks) of everyone active in both, in order of size.

    `query` is the series of a figure per head over all these weeks; `week` and `before` are Mondays.
    """
    return shifts_between(connection, directory, query, (week,), before)


def shifts_between(
    connection: Connection, directory: Directory, query: Query, after: Collection[date], before: Collection[date]
) -> tuple[float, ...]:
    """The same for several weeks: log(the median of the active weeks after ÷ that of the last active weeks before)."""
    found: list[float] = []
    for amounts in _by_person(connection, directory, query, MEASURES[query.metrics[0]]).values():
        own, later = (
            [amounts[monday] for monday in sorted(weeks) if amounts.get(monday, 0) > 0] for weeks in (before, after)
        )
        if own and later:
            found.append(log(median(later) / median(own[-OWN_WEEKS:])))
    return tuple(sorted(found))


def dominated(connection: Connection, directory: Directory, query: Query, members: int) -> bool:
    """Whether one person has more than half of the group's tokens; never said of a group under ten."""
    if members < DOMINATED_GROUP:
        return False
    people = [sum(one.values()) for one in _by_person(connection, directory, query, "people_tokens").values()]
    return bool(people) and max(people) > DOMINANT * sum(people)


def _by_person(
    connection: Connection, directory: Directory, query: Query, measure: str
) -> dict[str, dict[date, float]]:
    """Each person's weekly amounts by the week's Monday."""
    if query.scopes or query.group_by:
        raise InvalidQuery("people are counted in one group at a time")
    weekly = query if query.grain else query.with_(grain=Grain.WEEK)
    compiler = Compiler(directory.workspace_id, directory, weekly, buckets_of(weekly))
    mondays = {bucket.number: date.fromisoformat(bucket.label) for bucket in compiler.buckets}
    amounts: dict[str, dict[date, float]] = defaultdict(dict)
    for row in connection.execute(compiler.usage((measure,), ("person",))):
        amounts[str(row.by_person)][mondays[row.number]] = float(getattr(row, measure))
    return amounts
