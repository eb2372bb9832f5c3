"""How each person of a group moved against their own usual week: numbers without names, for a test inside the bot."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from math import log
from statistics import median

from sqlalchemy import Connection

from storage.answer.buckets import buckets_of
from storage.answer.compile import Compiler
from storage.errors import InvalidQuery
from storage.names import Directory
from storage.query import Filter, Grain, Op, Query

OWN_WEEKS = 8  # active weeks that make a person's usual one
MEASURES = {
    **dict.fromkeys(("tokens_per_employee", "tokens"), "people_tokens"),
    **dict.fromkeys(("cost_per_employee", "cost"), "w_cost_nano"),
}
SEVERAL = 3  # teams that ask for the same weeks, from which on everybody's are read at once
DOMINANT = 0.5
DOMINATED_GROUP = 10  # in a smaller one it would name the person

Amount = tuple[int, int, float]


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
    people = [sum(tokens.values()) for tokens in _by_person(connection, directory, query, "people_tokens").values()]
    return bool(people) and max(people) > DOMINANT * sum(people)


def _by_person(
    connection: Connection, directory: Directory, query: Query, measure: str
) -> dict[int, dict[date, float]]:
    """Each person's weekly amounts by the week's Monday."""
    if query.scopes or query.group_by:
        raise InvalidQuery("people are counted in one group at a time")
    weekly = query if query.grain else query.with_(grain=Grain.WEEK)
    compiler = Compiler(directory.workspace_id, directory, weekly, buckets_of(weekly))
    mondays = [date.fromisoformat(bucket.label) for bucket in compiler.buckets]
    amounts: dict[int, dict[date, float]] = defaultdict(dict)
    for person, number, amount in _rows(connection, compiler, measure):
        amounts[person][mondays[number]] = amounts[person].get(mondays[number], 0.0) + amount
    return amounts


def _rows(connection: Connection, compiler: Compiler, measure: str) -> Iterator[Amount]:
    """The person, the bucket and the amount of each row; once several teams asked for the same, from those of all."""
    query, directory = compiler.query, compiler.directory
    if len(query.filters) != 1 or query.filters[0].dimension != "team" or query.filters[0].op is not Op.IN:
        yield from _read(connection, compiler, measure)
        return
    everybody = replace(compiler, query=query.with_(filters=()))
    asked: set[Filter] = directory.once(("teams asked of", everybody.query, measure), set)
    asked.add(query.filters[0])
    if len(asked) < SEVERAL:
        yield from _read(connection, compiler, measure)
        return
    of_teams = directory.once(
        ("people of teams", everybody.query, measure), lambda: _packed(connection, everybody, measure)
    )
    for id_ in compiler.scope.team_ids(query.filters[0]):
        if id_ in of_teams:
            yield from of_teams[id_].rows()


def _read(connection: Connection, compiler: Compiler, measure: str) -> Iterator[Amount]:
    for row in connection.execute(compiler.usage((measure,), ("person",))):
        yield row.by_person, row.number, float(getattr(row, measure))


def _packed(connection: Connection, everybody: Compiler, measure: str) -> dict[int, _Packed]:
    """The rows of everybody by the team they are in."""
    ids = {name: team.id for name, team in everybody.directory.team.items()}
    found: dict[int, _Packed] = defaultdict(_Packed)
    for row in connection.execute(everybody.usage((measure,), ("team", "person"))):
        if row.by_team:
            found[ids[row.by_team]].add(row.by_person, row.number, float(getattr(row, measure)))
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Packed:
    """The rows of one team's people, packed: an organisation has hundreds of thousands."""

    people: array[int] = field(default_factory=lambda: array("q"))
    buckets: array[int] = field(default_factory=lambda: array("h"))
    amounts: array[float] = field(default_factory=lambda: array("d"))

    def add(self, person: int, bucket: int, amount: float) -> None:
        self.people.append(person)
        self.buckets.append(bucket)
        self.amounts.append(amount)

    def rows(self) -> Iterator[Amount]:
        return zip(self.people, self.buckets, self.amounts, strict=True)
