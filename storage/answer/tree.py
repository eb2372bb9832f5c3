"""The parts of the team tree that may not be shown: those too small, and those that cover them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from storage.answer.conditions import Condition
from storage.answer.presence_rows import People
from storage.answer.privacy import Rule
from storage.names import Directory
from storage.query import Op


class TeamPart(NamedTuple):
    """A part of the organisation: a team with all below it, or (`direct`) its own members alone."""

    team: str
    direct: bool = False


def parts_of(condition: Condition, directory: Directory) -> set[TeamPart]:
    """The parts of the tree that a condition on teams tells of, whether it keeps or leaves them out."""
    names = {name for name in condition.values if name}
    if condition.direct and condition.op is Op.IN:
        return {TeamPart(name, direct=bool(directory.children.get(name))) for name in names}
    parts = {TeamPart(name) for name in names}
    if condition.op is Op.BELOW or condition.direct:
        return parts | {TeamPart(name, direct=True) for name in names}
    return parts


@dataclass(frozen=True, slots=True)
class Crowd:
    """Members of each part, and people with usage in each part that has any (it may be of an agent alone)."""

    members: Mapping[TeamPart, People] = field(default_factory=dict)
    users: Mapping[TeamPart, People] = field(default_factory=dict)


def crowd_of(directory: Directory, members: Mapping[str, People], users: Mapping[str, People]) -> Crowd:
    """The crowd of a tree from each team's own members and users; a team without usage is not in `users`."""
    found: tuple[dict[TeamPart, People], dict[TeamPart, People]] = {}, {}
    for own, parts in zip((members, users), found, strict=True):
        for name in directory.team:
            below = [team for team in directory.below(name) if team in own]
            if below:
                parts[TeamPart(name)] = union(own[team] for team in below)
            if name in own and directory.children.get(name):
                parts[TeamPart(name, direct=True)] = own[name]
    return Crowd(*found)


def hidden_parts(directory: Directory, crowd: Crowd, rule: Rule) -> set[TeamPart]:
    """The parts of a crowd that may not be shown: groups too small or of too few users, and those that cover them."""
    sizes = {part: people.bit_count() for part, people in crowd.members.items()}
    few = {
        part
        for part in {*crowd.members, *crowd.users}
        if rule.hides(sizes.get(part, 0), crowd.users.get(part, 0).bit_count())
    }
    return covered_parts(
        directory,
        sizes,
        crowd.users.keys(),
        few,
        lambda hidden: 0 < union(crowd.users.get(part, 0) for part in hidden).bit_count() < rule.users,
    )


def covered_parts(
    directory: Directory,
    sizes: Mapping[TeamPart, int],
    used: Collection[TeamPart],
    few: Collection[TeamPart],
    is_told: Callable[[list[TeamPart]], bool],
) -> set[TeamPart]:
    """Those of few people with the parts that cover them, decided on the whole tree.

    The next smallest part of the same parent with usage goes too (by members, ties by name) where the hidden ones
    would else be told by the difference: where it is exactly one, or where all of them together tell of few people.
    """
    tree = _Tree(directory, sizes, used, few, is_told)
    for parent in ["", *(team.name for team in directory.teams)]:
        tree.cover(parent)
    return tree.hidden


class _Tree:
    """The team tree with the size of each part, and what is hidden of it so far."""

    def __init__(
        self,
        directory: Directory,
        sizes: Mapping[TeamPart, int],
        used: Collection[TeamPart],
        few: Collection[TeamPart],
        is_told: Callable[[list[TeamPart]], bool],
    ) -> None:
        self.directory, self.sizes, self.used, self.is_told = directory, sizes, used, is_told
        every = [part for parent in ["", *directory.team] for part in self.parts_of(parent)]
        self.hidden = {part for part in every if self._counted(part) in few}

    def cover(self, parent: str) -> None:
        """Hide further parts of a parent while those hidden would be told by the difference to it."""
        parts = self.parts_of(parent)
        while hidden := [self._counted(part) for part in parts if part in self.hidden]:
            left = [part for part in parts if part not in self.hidden and self._counted(part) in self.used]
            if not left or not (len(hidden) == 1 or self.is_told(hidden)):
                return
            self._hide_smallest(left)

    def parts_of(self, parent: str) -> list[TeamPart]:
        below = self.directory.children.get(parent, ())
        parts = [TeamPart(name) for name in below]
        if parent and below:
            parts.append(TeamPart(parent, direct=True))
        return [part for part in parts if self._size(part) or self._counted(part) in self.used]

    def _size(self, part: TeamPart) -> int:
        return self.sizes.get(self._counted(part), 0)

    def _counted(self, part: TeamPart) -> TeamPart:
        # A team without teams below is counted once, as a whole.
        return part if self.directory.children.get(part.team) else TeamPart(part.team)

    def _hide_smallest(self, parts: list[TeamPart]) -> None:
        if not parts:
            return
        chosen = min(parts, key=lambda part: (self._size(part), part.team, part.direct))
        self.hidden.add(chosen)
        inner = [] if chosen.direct else self.parts_of(chosen.team)
        if inner and not any(part in self.hidden for part in inner):
            # Its parts would add up to it again: hide two of them.
            self._hide_smallest([part for part in inner if self._counted(part) in self.used] or inner)
            self.cover(chosen.team)


def union(people: Iterable[People]) -> People:
    """All of these people."""
    found = 0
    for some in people:
        found |= some
    return found
