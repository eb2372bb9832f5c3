"""Which rows of usage may be shown: neither the people of a row nor those that its conditions leave out are 1 to 4.

A row is a set of conditions. It is shown only if that holds for it and for every simpler question, without some of
the conditions, and if each value that it names is shown in the list by its dimension. A list hides the rows of few
people, and the next smallest while all hidden rows together would be those of few.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, TypeVar

from storage.answer.cells import Cells
from storage.answer.conditions import OWNER, Condition, Conditions, without
from storage.answer.presence import Cell
from storage.answer.privacy import Rule
from storage.answer.scope import PEOPLE
from storage.answer.tree import TeamPart, covered_parts, crowd_of, hidden_parts, parts_of
from storage.answer.weekdays import WEEKDAY
from storage.query import Op
from storage.records import Period
from storage.roster_records import Kind

REMEMBERED = 5_000  # lists whose hidden values are kept with a directory
MANY = 100_000  # rows that were decided
T = TypeVar("T")


@dataclass(frozen=True)
class Suppression:
    """Decides rows by their conditions, in one period at a time. `named_freely`: people may be left out by name."""

    cells: Cells
    named_freely: bool = False

    def shows(self, conditions: Conditions, period: Period, rule: Rule) -> bool:
        """Whether a figure of these conditions may be shown under this rule."""
        if _is_of_agents(conditions):
            # An agent is nobody: it is shown where its team is.
            return self.shows(without(conditions, ("kind",)), period, rule)
        key = ("shows", _key(conditions), period.start, period.end, rule, self.named_freely)
        return self._remembered(key, lambda: self._decides(conditions, period, rule))

    def _decides(self, conditions: Conditions, period: Period, rule: Rule) -> bool:
        presence, cell = self.cells.presence, self.cells.cell(conditions, period)
        if presence.people_of(cell.who & presence.employed(period)).bit_count() < rule.members:
            return False
        if not rule.users:
            return not self._names_hidden_team(conditions, period, rule)
        return (
            not (conditions and presence.are_few(cell.who & presence.active(cell.what, cell.days), rule.users))
            and not any(self._leaves_out_few(conditions, cell, fewer, period, rule) for fewer in _simpler(conditions))
            and not any(
                self._names_hidden(kept, name, period, rule)
                for kept in (conditions, *_simpler(conditions))
                for name in kept
            )
        )

    def _names_hidden(self, conditions: Conditions, dimension: str, period: Period, rule: Rule) -> bool:
        """Whether one of the values that a condition names is hidden in the list by its dimension."""
        if dimension in ("person", WEEKDAY):
            return False  # who may be named is for the people policy to say; weekdays are no list of people
        others, named = without(conditions, (dimension,)), self._named(conditions[dimension])
        hidden = self._hidden(dimension, others, period, rule)
        if dimension == OWNER and len(named) > 1:
            # A team with those below it: what is hidden of it, and what is hidden beside it, must each be of a group.
            listed = _Listed(self.cells, dimension, others, period, rule)
            return bool(hidden & named) and any(map(listed.are_few, (hidden & named, hidden - named)))
        return bool(hidden & named)

    def _names_hidden_team(self, conditions: Conditions, period: Period, rule: Rule) -> bool:
        """For counts of people: the tree as it is, and under the other conditions."""
        if "team" not in conditions:
            return False
        named = self._named(conditions["team"])
        others = without(conditions, ("team", "person"))
        return any(self._hidden_by_size(kept, period, rule) & named for kept in ({}, others))

    def _named(self, alike: tuple[Condition, ...]) -> set[Any]:
        """The values (parts, of teams) that conditions on one dimension tell of."""
        directory = self.cells.directory
        of_each = (parts_of(c, directory) if c.dimension == "team" else {*c.values} for c in alike)
        return set[Any]().union(*of_each)

    def _cell(self, conditions: Conditions, period: Period) -> Cell:
        """The cell of the conditions that many rows of a list have in common."""
        key = ("cell", _key(conditions), period.start, period.end)
        return self._remembered(key, lambda: self.cells.cell(conditions, period))

    def _leaves_out_few(
        self, conditions: Conditions, cell: Cell, fewer: Conditions, period: Period, rule: Rule
    ) -> bool:
        """Whether the question with fewer conditions has few people that this one leaves out."""
        if self.named_freely and conditions.keys() - fewer.keys() == {"person"}:
            return False
        presence, wider = self.cells.presence, self._cell(fewer, period)
        members = wider.who & ~cell.who & presence.employed(period)
        return any(presence.are_few(spells, rule.users) for spells in (members, presence.left_out(wider, cell)))

    def _hidden(self, dimension: str, conditions: Conditions, period: Period, rule: Rule) -> frozenset[Any]:
        """What the list by a dimension may not show under these conditions; parts where it is by team."""

        def work_out() -> frozenset[Any]:
            listed = _Listed(self.cells, dimension, conditions, period, rule)
            inner = {
                value
                for value in listed.sizes
                for name in conditions
                if name not in ("person", WEEKDAY) and self._is_hidden_inside(listed, value, name)
            }
            return listed.hidden(inner)

        return self._remembered(("hidden", dimension, _key(conditions), period.start, period.end, rule), work_out)

    def _is_hidden_inside(self, listed: _Listed, value: Any, dimension: str) -> bool:
        """Whether what a condition names is hidden in the list by its dimension within one row of another list."""
        others = without(listed.conditions, (dimension,)) | {listed.dimension: (listed.condition(value),)}
        inside = self._remembered(
            ("inside", dimension, _key(others), listed.period.start, listed.period.end, listed.rule),
            lambda: _Listed(self.cells, dimension, others, listed.period, listed.rule).hidden(()),
        )
        return bool(inside & self._named(listed.conditions[dimension]))

    def _hidden_by_size(self, conditions: Conditions, period: Period, rule: Rule) -> frozenset[TeamPart]:
        def work_out() -> frozenset[TeamPart]:
            directory = self.cells.directory
            crowd = crowd_of(directory, *self.cells.team_crowd(conditions, period))
            return frozenset(hidden_parts(directory, crowd, rule))

        return self._remembered(("size", _key(conditions), period.start, period.end, rule), work_out)

    def _remembered(self, key: tuple[Any, ...], work_out: Callable[[], T]) -> T:
        kind = key[0]
        cache = self.cells.directory.cache.setdefault(("suppression", kind, id(self.cells.presence)), {})
        if len(cache) > (MANY if kind == "shows" else REMEMBERED):
            cache.clear()
        whole = (*key, self.cells.always)
        if whole not in cache:
            cache[whole] = work_out()
        found: T = cache[whole]
        return found


@dataclass(frozen=True)
class _Listed:
    """A list by one dimension under conditions: who stands behind each value, and behind several together."""

    cells: Cells
    dimension: str
    conditions: Conditions
    period: Period
    rule: Rule

    def hidden(self, inner: Collection[Any]) -> frozenset[Any]:
        """The values that may not be shown; `inner` are hidden for what stands inside of them, and want company."""
        few = {value for value in self.sizes if self._is_few(value)} | {*inner}
        if self.dimension == "team":
            return frozenset(covered_parts(self.cells.directory, self.sizes, self.used, few, self.are_few))
        users = {value for value, spells in self._active.items() if self.cells.presence.people_of(spells)}
        return covered(few, users, self.sizes, lambda some: self.are_few(some) or some <= {*inner})

    def condition(self, value: Any) -> Condition:
        """What a row of the list says."""
        if isinstance(value, TeamPart):
            return Condition("team", (value.team,), direct=value.direct)
        return Condition(self.dimension, (value,))

    @cached_property
    def sizes(self) -> dict[Any, int]:
        """How many people each value has: members, of a dimension of people, else those with usage."""
        presence, spells = self.cells.presence, self._active
        if self.dimension in PEOPLE:
            employed = presence.employed(self.period)
            spells = {value: self._slice(value)[0] & employed for value in self._values}
        counted = {value: presence.people_of(spells[value]) for value in self._values}
        return {value: people.bit_count() for value, people in counted.items() if people or value in self.used}

    @cached_property
    def used(self) -> set[Any]:
        """The values with usage, be it of an agent."""
        return {value for value, spells in self._active.items() if spells}

    @cached_property
    def _active(self) -> dict[Any, int]:
        """The spells with use of each value, also those of agents."""
        slices = {value: self._slice(value) for value in self._values}
        return {value: who & self.cells.presence.active(what, self._days) for value, (who, what) in slices.items()}

    @cached_property
    def _values(self) -> list[Any]:
        if self.dimension != "team":
            return self.cells.values_of(self.dimension, self.cells.cell(self.conditions, self.period))
        children = self.cells.directory.children
        own = [TeamPart(name, direct=True) for name in self.cells.directory.team if children.get(name)]
        return [*map(TeamPart, self.cells.directory.team), *own]

    @cached_property
    def _scope(self) -> tuple[int, int]:
        """The spells and streams of all rows."""
        return self.cells.who(self.conditions), self.cells.what(self.conditions)

    @cached_property
    def _days(self) -> int:
        return self.cells.days(self.conditions, self.period)

    @cached_property
    def _wider(self) -> list[tuple[int, int]]:
        """The spells and streams of the simpler questions."""
        return [(self.cells.who(fewer), self.cells.what(fewer)) for fewer in _simpler(self.conditions)]

    def _slice(self, *values: Any) -> tuple[int, int]:
        return self._cut(*self._scope, values)

    def _cut(self, who: int, what: int, values: Collection[Any]) -> tuple[int, int]:
        """The spells and streams of these, as far as they are of one of the values."""
        kept = 0
        for value in values:
            kept |= self.cells.meeting(self.condition(value))
        return (who & kept, what) if self.dimension in PEOPLE else (who, what & kept)

    def _is_few(self, value: Any) -> bool:
        if self.dimension in PEOPLE:
            # A team without members is hidden, other rows of nobody are not of few.
            fewest = 0 if self.dimension == "team" else 1
            if fewest <= self.sizes[value] < self.rule.members:
                return True
        return self.are_few({value})

    def are_few(self, values: Collection[Any]) -> bool:
        """Whether few people have usage in these rows together, or are left out of them by the conditions."""
        presence, fewest = self.cells.presence, self.rule.users
        cell = Cell(*self._slice(*values), self._days)
        if presence.are_few(cell.who & presence.active(cell.what, self._days), fewest):
            return True
        wider = (Cell(*self._cut(who, what, values), self._days) for who, what in self._wider)
        return any(presence.are_few(presence.left_out(whole, cell), fewest) for whole in wider)


def covered(
    few: Collection[T], used: Collection[T], sizes: Mapping[T, int], is_told: Callable[[set[T]], bool]
) -> frozenset[T]:
    """Those of few people, and the next smallest with usage while what is hidden together would be told."""
    hidden = {*few}
    left = sorted((value for value in used if value not in hidden), key=lambda value: (sizes[value], str(value)))
    while hidden and left and is_told(hidden):
        hidden.add(left.pop(0))
    return frozenset(hidden)


def _key(conditions: Conditions) -> frozenset[tuple[Condition, ...]]:
    return frozenset(conditions.values())


def _is_of_agents(conditions: Conditions) -> bool:
    agents = (Kind.AGENT.value,)
    return any(condition.values == agents and condition.op is Op.IN for condition in conditions.get("kind", ()))


def _simpler(conditions: Conditions) -> Iterator[dict[str, tuple[Condition, ...]]]:
    """The same question without some of its conditions, down to none."""
    for count in range(len(conditions) - 1, -1, -1):
        for names in combinations(conditions, count):
            yield {name: conditions[name] for name in names}
