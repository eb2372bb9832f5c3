"""The rows of usage of a store, read and picked apart on their own: of which is a figure made, and whose are they?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from storage.names import Directory
from storage.query import Filter, Op, Query
from storage.records import Period
from storage.tables import EPOCH, Person, Spell, Stream, Team, UsageDaily

COUNTED = ("tokens", "cost", "requests")
OF_ROWS = ("team", "title", "location", "kind", "tool", "provider", "model", "mode", "workflow", "ledger")
Rows = int  # a set of rows, one bit each


@dataclass(frozen=True)
class Fact:
    """One row of usage; `person` is None for an agent's use and for that of nobody known."""

    day: date
    person: int | None
    labels: dict[str, str]
    counted: dict[str, int]


@dataclass
class Truth:
    """All rows of one store."""

    directory: Directory
    facts: list[Fact]
    stays: list[tuple[int, dict[str, str], date, date]]
    by_label: dict[tuple[str, str], Rows] = field(default_factory=lambda: defaultdict(int))
    by_day: dict[date, Rows] = field(default_factory=lambda: defaultdict(int))
    by_person: dict[int, Rows] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        for place, fact in enumerate(self.facts):
            for dimension, label in fact.labels.items():
                self.by_label[dimension, label] |= 1 << place
            self.by_day[fact.day] |= 1 << place
            if fact.person is not None:
                self.by_person[fact.person] |= 1 << place
        counts = sorted((rows.bit_count() for rows in self.by_person.values()), reverse=True)
        self.most_of_four = sum(counts[:4])
        self.every = (1 << len(self.facts)) - 1
        self.of_nobody = sum(1 << place for place, fact in enumerate(self.facts) if fact.person is None)

    def rows(self, query: Query, labels: dict[str, str], period: Period, workforce: bool) -> Rows:
        """The rows that the figure of these labels is made of; `labels` are those of an answer."""
        found = self._in(period)
        if workforce:
            found &= self.by_label["ledger", "workforce"]
        for item in query.filters:
            found &= self._meeting(item, "team" in query.group_by)
        for dimension, label in labels.items():
            if dimension in OF_ROWS:
                name = "" if label == "(none)" else label
                teams = self._below(name) if dimension == "team" and query.scopes else {name}
                found &= self._any(dimension, teams)
        return found

    def people(self, rows: Rows, most: int) -> int:
        """How many people have one of these rows, counted up to `most`."""
        count = 0
        for own in self.by_person.values():
            if rows & own:
                count += 1
                if count >= most:
                    return count
        return count

    def members(self, query: Query, labels: dict[str, str], period: Period) -> int:
        """How many people have a day in a row's scope."""
        return len(
            {
                person
                for person, said, start, end in self.stays
                if start <= period.end and end >= period.start
                if all(self._keeps(item, said, "team" in query.group_by) for item in query.filters)
                if all(
                    said[dimension] == label or (query.scopes and said["team"] in self._below(label))
                    for dimension, label in labels.items()
                    if dimension in said
                )
            }
        )

    def total(self, rows: Rows, counted: str) -> int:
        """What these rows add up to."""
        places = (place for place, bit in enumerate(reversed(bin(rows))) if bit == "1")
        return sum(self.facts[place].counted[counted] for place in places)

    def _in(self, period: Period) -> Rows:
        found = 0
        for day in period.each_day():
            found |= self.by_day.get(day, 0)
        return found

    def _meeting(self, item: Filter, by_team: bool) -> Rows:
        names = self._names(item, by_team)
        found = self._any(item.dimension, names)
        return self.every & ~found if item.op is Op.NOT_IN else found

    def _keeps(self, item: Filter, said: dict[str, str], by_team: bool) -> bool:
        if item.dimension not in said:
            return True
        return (said[item.dimension] in self._names(item, by_team)) is not (item.op is Op.NOT_IN)

    def _names(self, item: Filter, by_team: bool) -> set[str]:
        if item.dimension != "team" or (by_team and item.op is Op.NOT_IN):
            return set(item.values)
        below = set[str]().union(*(self._below(name) for name in item.values))
        return below - set(item.values) if item.op is Op.BELOW else below

    def _below(self, name: str) -> set[str]:
        children = {team.name for team in self.directory.teams if team.parent == name}
        return {name}.union(*(self._below(child) for child in children)) if name else {name}

    def _any(self, dimension: str, names: set[str]) -> Rows:
        found = 0
        for name in names:
            found |= self.by_label.get((dimension, name), 0)
        return found


def read_truth(connection: Connection, directory: Directory) -> Truth:
    """All rows with any use."""
    mine = Spell.workspace_id == directory.workspace_id
    spells = {
        row.id: row
        for row in connection.execute(
            select(Spell.__table__, Team.name.label("team"), Person.email)
            .join(Team, Team.id == Spell.team_id)
            .join(Person, Person.id == Spell.person_id)
            .where(mine)
        )
    }
    streams = {row.id: row for row in connection.execute(select(Stream.__table__))}
    facts = []
    for row in connection.execute(
        select(UsageDaily.__table__).where(UsageDaily.workspace_id == directory.workspace_id).order_by(UsageDaily.id)
    ):
        classes = (row.input_tokens, row.cached_input_tokens, row.cache_write_tokens, row.output_tokens)
        tokens = sum(count or 0 for count in classes)
        if not (tokens or row.active_facts or row.suggested or row.cost_nano):
            continue
        spell, stream = spells.get(row.spell_id), streams[row.stream_id]
        of_people = {name: getattr(spell, name) if spell else "" for name in ("team", "title", "location", "kind")}
        of_usage = {name: getattr(stream, name) for name in OF_ROWS[4:]}
        person = spell.person_id if spell and spell.kind != "agent" else None
        counted = {"tokens": tokens, "cost": row.cost_nano, "requests": row.requests or 0}
        facts.append(Fact(_day(row.day), person, {**of_people, **of_usage}, counted))
    stays = [
        (row.person_id, {name: getattr(row, name) for name in OF_ROWS[:4]}, _day(row.start_day), _day(row.end_day))
        for row in spells.values()
        if row.kind != "agent"
    ]
    return Truth(directory, facts, stays)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromordinal(value + EPOCH)


def weeks_before(day: date, count: int) -> Period:
    """The complete weeks before the one of a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday - timedelta(weeks=count), monday - timedelta(days=1))
