"""Who may see which figure: decided on the sets of people behind a row, before a row leaves the store.

The rules are those of "Who may see what" on the definitions page: group size, few users, the parts of a parent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storage.errors import Denied
from storage.names import Directory
from storage.query import Op, Query

SMALLEST_GROUP = 5
FEWEST_USERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who reads the figures.

    operator  the command line on the machine that holds the store: sees all
    email     the reader, None for any member of the workspace
    others    e-mails of other people whose figures the policy shows; None: everyone's
    """

    operator: bool = False
    email: str | None = None
    others: frozenset[str] | None = frozenset()
    min_group: int = SMALLEST_GROUP

    def may_see(self, email: str) -> bool:
        """Whether this person's own figures may be shown."""
        return self.operator or self.others is None or email == self.email or email in self.others


OPERATOR = Viewer(operator=True)


def check_people(query: Query, viewer: Viewer, in_scope: Iterable[str]) -> None:
    """Raise Denied where the query is about people whose figures the viewer may not see.

    `in_scope` are the e-mails of the people that the filters keep; only read where the query lists people.
    """
    named = query.filter_on("person")
    if viewer.operator:
        return
    if named and named.op is Op.IN and not all(viewer.may_see(email) for email in named.values):
        raise Denied("person")
    if named and named.op is not Op.IN:
        raise Denied("person")
    if "person" in query.group_by and not all(viewer.may_see(email) for email in in_scope):
        raise Denied("ranking" if query.order else "people")


def is_personal(query: Query, viewer: Viewer) -> bool:
    """Whether the query is only about people whose own figures the viewer may see, so that no group rule applies."""
    named = query.filter_on("person")
    return "person" in query.group_by or bool(named and named.op is Op.IN and all(map(viewer.may_see, named.values)))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the organisation: a team with all below it, or (`direct`) its own members alone."""

    team: str
    direct: bool = False


@dataclass
class Crowd:
    """The people behind the teams of one period: members, users (people with usage) and any usage at all."""

    members: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    users: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    used: set[str] = field(default_factory=set)


def hidden_parts(directory: Directory, crowd: Crowd, minimum: int, of_usage: bool) -> set[Part]:
    """The parts that may not be shown.

    A part is hidden where its group is too small or too few of it have usage; where that is exactly one part of a
    parent, the next smallest part with usage goes too (by members, ties by name), else the difference would tell.
    """
    tree = _Tree(directory, crowd)
    hidden = {part for part in tree.parts() if tree.too_small(part, minimum, of_usage)}
    for parent in ["", *(team.name for team in directory.teams)]:
        _cover(tree, parent, hidden)
    return hidden


def _cover(tree: _Tree, parent: str, hidden: set[Part]) -> None:
    parts = tree.parts_of(parent)
    if sum(part in hidden for part in parts) != 1:
        return
    candidates = [part for part in parts if part not in hidden and tree.has_usage(part)]
    if not candidates:
        return
    chosen = min(candidates, key=lambda part: (len(tree.members(part)), part.team))
    hidden.add(chosen)
    inner = tree.parts_of(chosen.team) if not chosen.direct else []
    if len(inner) > 1 and not any(part in hidden for part in inner):
        # Its parts would add up to it again: cover two of them.
        with_usage = [part for part in inner if tree.has_usage(part)] or inner
        hidden.add(min(with_usage, key=lambda part: (len(tree.members(part)), part.team)))
        _cover(tree, chosen.team, hidden)


class _Tree:
    """The team tree with the people of each part."""

    def __init__(self, directory: Directory, crowd: Crowd) -> None:
        self.directory, self.crowd = directory, crowd
        self._members: dict[Part, set[int]] = {}
        self._users: dict[Part, set[int]] = {}

    def parts(self) -> list[Part]:
        return [
            part for parent in ["", *(team.name for team in self.directory.teams)] for part in self.parts_of(parent)
        ]

    def parts_of(self, parent: str) -> list[Part]:
        below = self.directory.children.get(parent, ())
        parts = [Part(name) for name in below]
        if parent and below:
            parts.append(Part(parent, direct=True))
        return [part for part in parts if self.members(part) or self.has_usage(part)]

    def members(self, part: Part) -> set[int]:
        return self._gather(part, self.crowd.members, self._members)

    def users(self, part: Part) -> set[int]:
        return self._gather(part, self.crowd.users, self._users)

    def has_usage(self, part: Part) -> bool:
        return any(name in self.crowd.used for name in self._teams(part))

    def too_small(self, part: Part, minimum: int, of_usage: bool) -> bool:
        return too_small(len(self.members(part)), len(self.users(part)), minimum, of_usage)

    def _teams(self, part: Part) -> Iterable[str]:
        return (part.team,) if part.direct else self.directory.below(part.team)

    def _gather(self, part: Part, people: Mapping[str, set[int]], known: dict[Part, set[int]]) -> set[int]:
        if part not in known:
            known[part] = set().union(*(people.get(name, ()) for name in self._teams(part)))
        return known[part]


def too_small(members: int, users: int, minimum: int, of_usage: bool) -> bool:
    """Whether a group of so many members, so many of them with usage, may not be shown."""
    return members < minimum or (of_usage and 0 < users < max(FEWEST_USERS, minimum))
