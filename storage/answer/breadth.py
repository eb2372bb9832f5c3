"""How each person of a group moved against their own usual week: numbers without names, for a test inside the bot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.errors import InvalidQuery
from storage.names import Directory
from storage.query import Filter, Grain, Op, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OWN_WEEKS = 8  # active weeks that make a person's usual one
MEASURES = {
    **dict.fromkeys(("tokens_per_employee", "tokens"), "people_tokens"),
    **dict.fromkeys(("cost_per_employee", "cost"), "w_cost_nano"),
}
MEASURED = tuple(dict.fromkeys(MEASURES.values()))
SEVERAL = 3  # teams that ask for the same weeks, from which on everybody's are read at once
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
    found = _by_person(connection, directory, query, MEASURES[query.metrics[0]])
    usual, later = _medians(found.of_weeks(before), OWN_WEEKS), _medians(found.of_weeks(after), len(after))
    paired = (usual > 0) & (later > 0)
    # The logarithm of an array may differ in its last bit from place to place, and ties count.
    return tuple(sorted(map(log, (later[paired] / usual[paired]).tolist())))


def dominated(connection: Connection, directory: Directory, query: Query, members: int) -> bool:
    """Whether one person has more than half of the group's tokens; never said of a group under ten."""
    if members < DOMINATED_GROUP:
        return False
    people = _by_person(connection, directory, query, "people_tokens").amounts.sum(axis=1)
    return bool(people.size and people.max() > DOMINANT * people.sum())


@dataclass(frozen=True, slots=True)
class _Weekly:
    """What each person of a group has in each week: a row a person, a column a week, which its Monday names."""

    mondays: list[date]
    amounts: NDArray[np.float64]

    def of_weeks(self, mondays: Collection[date]) -> NDArray[np.float64]:
        """The columns of some weeks, the oldest first."""
        return self.amounts[:, [at for at, monday in enumerate(self.mondays) if monday in mondays]]


def _by_person(connection: Connection, directory: Directory, query: Query, measure: str) -> _Weekly:
    import numpy as np  # not needed by most questions

    if query.scopes or query.group_by:
        raise InvalidQuery("people are counted in one group at a time")
    weekly = query if query.grain else query.with_(grain=Grain.WEEK)
    compiler = Compiler(directory.workspace_id, directory, weekly, buckets_of(weekly))
    rows = _rows(connection, compiler, measure)
    ids, people = np.unique(rows.people, return_inverse=True)
    places = people * len(compiler.buckets) + rows.buckets
    amounts = np.bincount(places, rows.amounts[measure], len(ids) * len(compiler.buckets)).astype(np.float64)
    mondays = [date.fromisoformat(bucket.label) for bucket in compiler.buckets]
    return _Weekly(mondays, amounts.reshape(len(ids), len(mondays)))


def _medians(amounts: NDArray[np.float64], most: int) -> NDArray[np.float64]:
    """Of each row the median of its last positive amounts, so many at most; 0 where it has none."""
    import numpy as np

    active = amounts > 0
    counted = active & (active[:, ::-1].cumsum(axis=1)[:, ::-1] <= most)
    count = counted.sum(axis=1)
    ordered = np.sort(np.where(counted, amounts, np.inf), axis=1)
    found, has_any = np.zeros(len(amounts)), np.flatnonzero(count)
    low, high = ((count[has_any] - less) // 2 for less in (1, 0))
    found[has_any] = (ordered[has_any, low] + ordered[has_any, high]) / 2
    return found


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows as columns, of which an organisation has hundreds of thousands: person, bucket, and some amounts."""

    people: NDArray[np.int64]
    buckets: NDArray[np.int64]
    amounts: dict[str, NDArray[np.float64]]

    def at(self, places: Any) -> _Rows:
        """Some of the rows."""
        amounts = {name: values[places] for name, values in self.amounts.items()}
        return _Rows(self.people[places], self.buckets[places], amounts)


def _rows(connection: Connection, compiler: Compiler, measure: str) -> _Rows:
    """The rows of a group; of everybody, and once several teams asked for the same, from those that are kept."""
    query, directory = compiler.query, compiler.directory
    team = query.filters[0] if len(query.filters) == 1 else None
    if query.filters and (team is None or team.dimension != "team" or team.op is not Op.IN):
        return _read(connection, compiler, (measure,))
    everybody = replace(compiler, query=query.with_(filters=()))
    key = ("people of teams", everybody.query.with_(metrics=()), everybody.counts_both_ledgers)
    if team is not None and key not in directory.cache:
        asked: set[Filter] = directory.once(("teams asked of", *key), set)
        asked.add(team)
        if len(asked) < SEVERAL:
            return _read(connection, compiler, (measure,))
    rows, teams = directory.once(key, lambda: _of_everybody(connection, everybody))
    return rows if team is None else rows.at(_places(teams, compiler.scope.team_ids(team)))


def _read(connection: Connection, compiler: Compiler, measures: tuple[str, ...]) -> _Rows:
    rows, _ = _columns(connection, compiler.usage(measures, ("person",)), measures)
    return rows


def _of_everybody(connection: Connection, compiler: Compiler) -> tuple[_Rows, NDArray[np.int64]]:
    """The rows of everybody, with the team that they are in."""
    import numpy as np

    ids = {name: team.id for name, team in compiler.directory.team.items()}
    rows, names = _columns(connection, compiler.usage(MEASURED, ("person", "team")), MEASURED)
    return rows, np.array([ids.get(name, 0) for name in names], np.int64)


def _columns(connection: Connection, statement: Select[Any], measures: tuple[str, ...]) -> tuple[_Rows, Sequence[str]]:
    """The rows of a statement (bucket, person, what else it groups by, these measures), with what else."""
    import numpy as np

    found = connection.execute(statement)
    columns = [*zip(*found, strict=True)] or [()] * len(statement.selected_columns)
    buckets, people, *others = columns
    amounts = [np.array(values, np.float64) for values in others[-len(measures) :]]
    rows = _Rows(np.array(people, np.int64), np.array(buckets, np.int64), dict(zip(measures, amounts, strict=True)))
    return rows, others[0]


def _places(teams: NDArray[np.int64], wanted: Iterable[int]) -> NDArray[np.bool_]:
    import numpy as np

    return np.isin(teams, [*wanted])
