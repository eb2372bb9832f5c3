"""Who may see which figure: decided on the sets of people behind a row, before a row leaves the store.

The rules are those of "Who may see what" on the definitions page: group size, few users, the parts of a parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storage.errors import Denied
from storage.names import Directory
from storage.query import Filter, Op, Query

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


def check_named(query: Query, viewer: Viewer) -> None:
    """Raise Denied where the query names somebody whose figures the viewer may not see, known or not."""
    # Everyone but somebody tells of that one, too.
    named = [email for one in query.filters if one.dimension == "person" for email in one.values]
    if not all(map(viewer.may_see, named)):
        raise Denied("person")


def check_listed(query: Query, viewer: Viewer, in_scope: Iterable[str]) -> None:
    """Raise Denied where the query lists people, and one of those that its filters keep is hidden from the viewer."""
    if not all(map(viewer.may_see, in_scope)):
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


def parts_of(one: Filter, of_rows: bool = False) -> set[Part]:
    """The parts that a total tells of where it keeps or leaves out these teams.

    `of_rows`: the total of a list by team, from which "except" leaves out rows, each a team's own members.
    """
    parts = {Part(name) for name in one.values if name}
    if one.op is Op.BELOW or (of_rows and one.op is Op.NOT_IN):
        return parts | {Part(part.team, direct=True) for part in parts}
    return parts


@dataclass(frozen=True, slots=True)
class Crowd:
    """Members of each part, and people with usage in each part that has any (it may be of an agent alone)."""

    members: Mapping[Part, int] = field(default_factory=dict)
    users: Mapping[Part, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """The smallest group that is shown, and the fewest people with usage in it where it has any."""

    members: int
    users: int = 0

    def hides(self, members: int, users: int) -> bool:
        """Whether a group of so many members, so many of them with usage, may not be shown."""
        return members < self.members or 0 < users < self.users


def hidden_parts(directory: Directory, crowd: Crowd, rule: Rule) -> set[Part]:
    """The parts that may not be shown, decided on the whole tree.

    A part is hidden where its group is too small or too few of it have usage; where that is exactly one part of a
    parent, the next smallest part with usage goes too (by members, ties by name), else the difference would tell.
    """
    tree = _Tree(directory, crowd, rule)
    for parent in ["", *(team.name for team in directory.teams)]:
        tree.cover(parent)
    return tree.hidden


class _Tree:
    """The team tree with the people of each part, and what is hidden of it so far."""

    def __init__(self, directory: Directory, crowd: Crowd, rule: Rule) -> None:
        self.directory, self.crowd = directory, crowd
        parts = [part for parent in ["", *directory.team] for part in self.parts_of(parent)]
        self.hidden = {part for part in parts if rule.hides(self.members(part), self.users(part))}

    def cover(self, parent: str) -> None:
        """Hide a second part of a parent where one is hidden alone."""
        parts = self.parts_of(parent)
        if sum(part in self.hidden for part in parts) == 1:
            self._hide_smallest([part for part in parts if part not in self.hidden and self.has_usage(part)])

    def parts_of(self, parent: str) -> list[Part]:
        below = self.directory.children.get(parent, ())
        parts = [Part(name) for name in below]
        if parent and below:
            parts.append(Part(parent, direct=True))
        return [part for part in parts if self.members(part) or self.has_usage(part)]

    def members(self, part: Part) -> int:
        return self.crowd.members.get(self._counted(part), 0)

    def users(self, part: Part) -> int:
        return self.crowd.users.get(self._counted(part), 0)

    def has_usage(self, part: Part) -> bool:
        return self._counted(part) in self.crowd.users

    def _counted(self, part: Part) -> Part:
        # A team without teams below is counted once, as a whole.
        return part if self.directory.children.get(part.team) else Part(part.team)

    def _hide_smallest(self, parts: list[Part]) -> None:
        if not parts:
            return
        chosen = min(parts, key=lambda part: (self.members(part), part.team, part.direct))
        self.hidden.add(chosen)
        inner = [] if chosen.direct else self.parts_of(chosen.team)
        if inner and not any(part in self.hidden for part in inner):
            # Its parts would add up to it again: hide two of them.
            self._hide_smallest([part for part in inner if self.has_usage(part)] or inner)
            self.cover(chosen.team)
