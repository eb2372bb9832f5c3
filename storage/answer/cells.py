"""From conditions to cells: the rows of usage that a figure is made of, and who is behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from storage.answer.conditions import OWNER, Condition, Conditions, team_names
from storage.answer.presence import Cell, People, Presence, SpellSeen, StreamSeen
from storage.answer.scope import PEOPLE
from storage.names import Directory
from storage.query import Op
from storage.records import Period

Matching = Callable[[Condition, Directory], Callable[[Any], bool]]


@dataclass(frozen=True)
class Cells:
    """Turns conditions into cells. What `always` holds is no condition of a question, but of its metrics."""

    directory: Directory
    presence: Presence
    always: tuple[Condition, ...] = ()

    def cell(self, conditions: Conditions, period: Period) -> Cell:
        """The cell of a row in a period."""
        return Cell(self.who(conditions), self.what(conditions), self.presence.days(period))

    def who(self, conditions: Conditions) -> int:
        """The spells that meet the conditions on people."""
        found = self.presence.everybody
        for dimension, alike in conditions.items():
            if dimension in PEOPLE:
                for condition in alike:
                    found &= self.meeting(condition)
        return found

    def what(self, conditions: Conditions) -> int:
        """The streams that meet the conditions on usage."""
        found = self.presence.everything
        for condition in self.always:
            found &= self.meeting(condition)
        for dimension, alike in conditions.items():
            if dimension not in PEOPLE:
                for condition in alike:
                    found &= self.meeting(condition)
        return found

    def team_crowd(self, conditions: Conditions, period: Period) -> tuple[dict[str, People], dict[str, People]]:
        """The members of each team itself, and its people with use, the latter for teams with any use at all."""
        cell, names = self.cell(conditions, period), self.directory.team_name
        members, users = dict[str, People](), dict[str, People]()
        for place in self.presence.listed(cell.who):
            spell = self.presence.spells[place]
            name = names[spell.team_id]
            if person := self.presence.members_of(spell, period):
                members[name] = members.get(name, 0) | person
            if self.presence.is_used(Cell(1 << place, cell.what, cell.days)):
                users[name] = users.get(name, 0) | spell.person
        return members, users

    def users_by(self, dimension: str, conditions: Conditions, period: Period) -> list[People]:
        """The people with use for each value of a dimension of people."""
        value, found = _value_of_people(dimension), dict[Any, People]()
        cell = self.cell(conditions, period)
        for place in self.presence.listed(cell.who):
            spell = self.presence.spells[place]
            if self.presence.is_used(Cell(1 << place, cell.what, cell.days)):
                found[value(spell)] = found.get(value(spell), 0) | spell.person
        return [*found.values()]

    def values_of(self, dimension: str, cell: Cell) -> list[str]:
        """The values of a dimension other than team that the spells or the streams of a cell have."""
        if dimension in PEOPLE:
            of_people = _value_of_people(dimension)
            return sorted({of_people(self.presence.spells[place]) for place in self.presence.listed(cell.who)})
        of_usage, used = _value_of_usage(dimension, self.directory), self.presence.used_streams(cell)
        return sorted({of_usage(self.presence.streams[place]) for place in self.presence.listed(used)})

    def meeting(self, condition: Condition) -> int:
        """The spells, or the streams, that meet one condition."""
        if condition.dimension in PEOPLE:
            return self._kept(condition, _of_people, self.presence.spells)
        return self._kept(condition, _of_usage, self.presence.streams)

    def _kept(self, condition: Condition, matching: Matching, rows: Sequence[Any]) -> int:
        """The rows that meet a condition, as bits, worked out once for a state of the store."""
        cache = self.directory.cache.setdefault(("condition", id(self.presence)), {})
        if condition not in cache:
            meets = matching(condition, self.directory)
            cache[condition] = sum(1 << place for place, row in enumerate(rows) if meets(row))
        found: int = cache[condition]
        return found


def _of_people(condition: Condition, directory: Directory) -> Callable[[SpellSeen], bool]:
    value = _value_of_people(condition.dimension)
    wanted: set[Any] = set(condition.values)
    if condition.dimension == "team":
        wanted = {directory.team[name].id for name in team_names(condition, directory)}
    elif condition.dimension == "person":
        wanted = {directory.person[email].id for email in condition.values if email in directory.person}
    return _is_in(value, wanted, condition.op)


def _of_usage(condition: Condition, directory: Directory) -> Callable[[StreamSeen], bool]:
    return _is_in(_value_of_usage(condition.dimension, directory), set(condition.values), condition.op)


def _is_in(value: Callable[[Any], Any], wanted: set[Any], op: Op) -> Callable[[Any], bool]:
    if op is Op.NOT_IN:
        return lambda row: value(row) not in wanted
    return lambda row: value(row) in wanted


def _value_of_people(dimension: str) -> Callable[[SpellSeen], Any]:
    column = {"team": "team_id", "person": "person_id"}.get(dimension, dimension)
    return lambda spell: getattr(spell, column)


def _value_of_usage(dimension: str, directory: Directory) -> Callable[[StreamSeen], Any]:
    if dimension in ("activity", OWNER):
        column = "team" if dimension == OWNER else dimension
        said = {workflow.name: getattr(workflow, column) for workflow in directory.workflows}
        return lambda stream: said.get(stream.workflow, "")
    return lambda stream: getattr(stream, dimension)
