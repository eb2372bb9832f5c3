"""From conditions to cells: the rows of usage that a figure is made of, and who is behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from storage.answer.conditions import OWNER, Condition, Conditions, team_names
from storage.answer.presence import Cell, Presence, places
from storage.answer.presence_rows import People
from storage.answer.scope import PEOPLE
from storage.answer.weekdays import WEEKDAY, WEEKDAYS, kept
from storage.names import Directory
from storage.query import Filter, Op
from storage.records import Period

REMEMBERED = 5_000  # conditions whose rows are kept with a directory


@dataclass(frozen=True)
class Cells:
    """Turns conditions into cells. What `always` holds is no condition of a question, but of its metrics."""

    directory: Directory
    presence: Presence
    always: tuple[Condition, ...] = ()

    def cell(self, conditions: Conditions, period: Period) -> Cell:
        """The cell of a row in a period."""
        return Cell(self.who(conditions), self.what(conditions), self.days(conditions, period))

    def days(self, conditions: Conditions, period: Period) -> int:
        """The days of a period that the conditions pick, as bits."""
        said = [Filter(c.dimension, c.values, c.op) for c in conditions.get(WEEKDAY, ())]
        return self.presence.days(period, kept(said) if said else WEEKDAYS)

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
            if dimension not in PEOPLE and dimension != WEEKDAY:
                for condition in alike:
                    found &= self.meeting(condition)
        return found

    def team_crowd(self, conditions: Conditions, period: Period) -> tuple[dict[str, People], dict[str, People]]:
        """The members of each team itself, and its people with use, the latter for teams with any use at all."""
        cell, names = self.cell(conditions, period), self.directory.team_name
        found: tuple[dict[str, People], dict[str, People]] = {}, {}
        active = self.presence.active(cell.what, cell.days)
        for own, spells in zip(found, (self.presence.employed(period), active), strict=True):
            for place in places(cell.who & spells):
                spell = self.presence.spells[place]
                name = names[spell.team_id]
                own[name] = own.get(name, 0) | spell.person
        return found

    def users_by(self, dimension: str, conditions: Conditions, period: Period) -> list[People]:
        """The people with use for each value of a dimension of people."""
        value, found = _value_of_people(dimension), dict[Any, People]()
        cell = self.cell(conditions, period)
        for place in places(cell.who & self.presence.active(cell.what, cell.days)):
            spell = self.presence.spells[place]
            found[value(spell)] = found.get(value(spell), 0) | spell.person
        return [*found.values()]

    def values_of(self, dimension: str, cell: Cell) -> list[str]:
        """The values of a dimension other than team that the spells or the used streams of a cell have."""
        held = cell.who if dimension in PEOPLE else self.presence.used_streams(cell)
        return sorted(value for value, rows in self._rows_of(dimension).items() if rows & held)

    def meeting(self, condition: Condition) -> int:
        """The spells, or the streams, that meet one condition."""
        cache: dict[Condition, int] = self.directory.cache.setdefault(("meeting", id(self.presence)), {})
        if condition not in cache:
            if len(cache) > REMEMBERED:
                cache.clear()
            cache[condition] = self._meeting(condition)
        return cache[condition]

    def _meeting(self, condition: Condition) -> int:
        rows, found = self._rows_of(condition.dimension), 0
        for value in self._wanted(condition):
            found |= rows.get(value, 0)
        if condition.op is not Op.NOT_IN:
            return found
        every = self.presence.everybody if condition.dimension in PEOPLE else self.presence.everything
        return every & ~found

    def _wanted(self, condition: Condition) -> Iterable[Any]:
        """What a condition names, as spells and streams have it; names that nobody knows are left out."""
        directory = self.directory
        if condition.dimension == "team":
            return {directory.team[name].id for name in team_names(condition, directory)}
        if condition.dimension == "person":
            return {directory.person[email].id for email in condition.values if email in directory.person}
        return condition.values

    def _rows_of(self, dimension: str) -> dict[Any, int]:
        """The spells, or the streams, of each value of a dimension, worked out once for a state of the store."""
        cache = self.directory.cache.setdefault(("rows", id(self.presence)), {})
        if dimension not in cache:
            of_people = dimension in PEOPLE
            value = _value_of_people(dimension) if of_people else _value_of_usage(dimension, self.directory)
            found = dict[Any, int]()
            for place, row in enumerate(self.presence.spells if of_people else self.presence.streams):
                found[value(row)] = found.get(value(row), 0) | 1 << place
            cache[dimension] = found
        rows: dict[Any, int] = cache[dimension]
        return rows


def _value_of_people(dimension: str) -> Callable[[Any], Any]:
    column = {"team": "team_id", "person": "person_id"}.get(dimension, dimension)
    return lambda spell: getattr(spell, column)


def _value_of_usage(dimension: str, directory: Directory) -> Callable[[Any], Any]:
    if dimension in ("activity", OWNER):
        column = "team" if dimension == OWNER else dimension
        said = {workflow.name: getattr(workflow, column) for workflow in directory.workflows}
        return lambda stream: said.get(stream.workflow, "")
    return lambda stream: getattr(stream, dimension)
