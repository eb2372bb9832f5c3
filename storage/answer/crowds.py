"""How many people stand behind each part of the team tree: for every span of days and every other label of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select

from storage.answer.privacy import Crowd, Part
from storage.answer.tree import TreeCompiler
from storage.catalogue import DIMENSIONS
from storage.names import Directory
from storage.query import Filter

Labels = tuple[Any, ...]
Counts = dict[tuple[int, Labels], dict[Part, int]]


@dataclass(frozen=True, slots=True)
class Crowds:
    """Members and users of the parts, by (bucket number, labels); `by_people` are the labels that describe people."""

    members: Counts
    users: Counts
    by_people: tuple[int, ...]

    def at(self, number: int, labels: Labels) -> Crowd:
        """The crowd of one span of days under some labels."""
        of_people = tuple(labels[i] for i in self.by_people)
        return Crowd(self.members.get((number, of_people), {}), self.users.get((number, labels), {}))


def read_crowds(
    connection: Connection, compiler: TreeCompiler, labels: Sequence[str], filters: Sequence[Filter]
) -> Crowds:
    """Who is in each part, and who of them has usage."""
    by_people = tuple(i for i, name in enumerate(labels) if DIMENSIONS[name].people)
    heads = compiler.members_of_parts([labels[i] for i in by_people], filters)
    users = compiler.users_of_parts(labels, filters)
    return Crowds(
        members=part_counts(connection, compiler.directory, heads),
        users=part_counts(connection, compiler.directory, users),
        by_people=by_people,
    )


def part_counts(connection: Connection, directory: Directory, statement: Select[Any]) -> Counts:
    """The rows of a statement whose last columns are a part and how many it counts."""
    found: Counts = defaultdict(dict)
    for number, *labels, part, count in connection.execute(statement):
        found[number, tuple(labels)][_part(directory, part)] = count
    return dict(found)


def _part(directory: Directory, number: int) -> Part:
    # The compiler numbers them: a team's id, and minus it for its own members alone.
    return Part(directory.team_name[abs(number)], direct=number < 0)
