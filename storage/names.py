"""The directory: every name a question may use, read once and kept until the store's revision moves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from storage.currencies import currencies_in_use, has_class_prices, rates_by_day
from storage.tables import (
    Alias,
    Allocation,
    DatedEvent,
    Person,
    Spell,
    Stream,
    Team,
    TeamAlias,
    UsageDaily,
    WorkDaily,
    Workflow,
    Workspace,
)

T = TypeVar("T")
NAMES = ("workspace_id", "teams", "people", "workflows", "values", "aliases")


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team with its other names; `parent` is "" at the top."""

    id: int
    name: str
    parent: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody of the roster; `teams` are those of any spell, `manager` the newest spell's."""

    id: int
    email: str
    name: str
    kind: str
    teams: tuple[str, ...]
    manager: str


@dataclass(frozen=True, slots=True)
class WorkflowName:
    """A workflow, catalogued or only seen in facts (then without team and activity)."""

    name: str
    team: str
    activity: str


@dataclass(frozen=True)
class Directory:
    """The names of one workspace.

    `values` holds, for tool, provider, model, mode, title, location, kind, activity, project, cost centre and
    repository, the names in use.
    `aliases` are the workspace's own words, each with its kind and the name it means. `currencies` are those in use
    beside dollars, `rates` what a unit of each was worth in nano-dollars, by day; `class_prices` whether any fact
    carries list prices by class of token. `events` are what was recorded with its day, name and team ("": everybody).
    `usage` and `work` are the recorded spans, None where nothing is recorded. `cache` holds what others worked out
    of this state of the store and may ask for again; it goes with the directory when the revision moves. `of_names`
    holds what was worked out of names alone; it goes when one of these changes.
    """

    workspace_id: int
    revision: int
    teams: tuple[TeamName, ...]
    people: tuple[PersonName, ...]
    workflows: tuple[WorkflowName, ...]
    values: dict[str, tuple[str, ...]]
    usage: tuple[date, date] | None
    work: tuple[date, date] | None
    aliases: tuple[tuple[str, str, str], ...] = ()
    currencies: tuple[str, ...] = ()
    class_prices: bool = False
    events: tuple[tuple[date, str, str], ...] = ()
    rates: Mapping[str, tuple[tuple[date, int], ...]] = field(default_factory=dict)
    cache: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    of_names: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def team(self) -> dict[str, TeamName]:
        """Teams by name."""
        return {team.name: team for team in self.teams}

    @cached_property
    def team_name(self) -> dict[int, str]:
        """Names of teams by id."""
        return {team.id: team.name for team in self.teams}

    @cached_property
    def person(self) -> dict[str, PersonName]:
        """People by e-mail."""
        return {person.email: person for person in self.people}

    @cached_property
    def person_label(self) -> dict[int, str]:
        """What a person is called in an answer: the name, with the e-mail where two share it."""
        seen = Counter(person.name for person in self.people)
        return {
            person.id: person.name if seen[person.name] == 1 else f"{person.name} ({person.email})"
            for person in self.people
        }

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Names of the teams right below each team; "" holds the top ones."""
        below: dict[str, list[str]] = defaultdict(list)
        for team in self.teams:
            below[team.parent].append(team.name)
        return {parent: tuple(sorted(names)) for parent, names in below.items()}

    def below(self, name: str) -> tuple[str, ...]:
        """A team and all teams below it, by name."""
        found, open_ = [], [name]
        while open_:
            team = open_.pop()
            found.append(team)
            open_.extend(self.children.get(team, ()))
        return tuple(found)

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What somebody works out of this state of the store, worked out at the first asking and kept in `cache`."""
        if key not in self.cache:
            self.cache[key] = work_out()
        found: T = self.cache[key]
        return found

    @property
    def first_day(self) -> date | None:
        """The first recorded day of usage or work."""
        days = [span[0] for span in (self.usage, self.work) if span]
        return min(days, default=None)


class Directories:
    """The directory of each workspace of one store, read again only when that has changed.

    All who answer from a store share one, also in threads: what they work out of its state is kept with it.
    """

    def __init__(self) -> None:
        self._known: dict[int, Directory] = {}

    def of(self, connection: Connection, workspace_id: int) -> Directory:
        """The names of a workspace as they are now."""
        found = read_directory(connection, workspace_id, self._known.get(workspace_id))
        self._known[workspace_id] = found
        return found


def read_directory(connection: Connection, workspace_id: int, known: Directory | None = None) -> Directory:
    """The names as they are now; `known` is given back where nothing has changed since."""
    revision = connection.scalar(select(Workspace.revision).where(Workspace.id == workspace_id)) or 0
    if known is not None and known.workspace_id == workspace_id and known.revision == revision:
        return known
    teams = _teams(connection, workspace_id)
    usage = _span(connection, workspace_id, UsageDaily)
    workflows = _workflows(connection, workspace_id)
    found = Directory(
        workspace_id=workspace_id,
        revision=revision,
        teams=teams,
        people=_people(connection, workspace_id),
        workflows=workflows,
        values=_values(connection, workspace_id)
        | {"activity": tuple(sorted({workflow.activity for workflow in workflows if workflow.activity}))}
        | _allocations(connection, workspace_id),
        aliases=_aliases(connection, workspace_id),
        currencies=currencies_in_use(connection, workspace_id),
        class_prices=has_class_prices(connection, workspace_id),
        events=_events(connection, workspace_id),
        rates=rates_by_day(connection, workspace_id, usage),
        usage=usage,
        work=_span(connection, workspace_id, WorkDaily),
    )
    if known is not None and all(getattr(found, name) == getattr(known, name) for name in NAMES):
        return replace(found, of_names=known.of_names)
    return found


def _teams(connection: Connection, workspace_id: int) -> tuple[TeamName, ...]:
    aliases: dict[int, list[str]] = defaultdict(list)
    for team_id, alias in connection.execute(
        select(TeamAlias.team_id, TeamAlias.alias)
        .where(TeamAlias.workspace_id == workspace_id)
        .order_by(TeamAlias.alias)
    ):
        aliases[team_id].append(alias)
    given = connection.execute(
        select(Team.id, Alias.alias)
        .join_from(Alias, Team, (Team.workspace_id == Alias.workspace_id) & (Team.name == Alias.name))
        .where(Alias.workspace_id == workspace_id, Alias.kind == "team")
        .order_by(Alias.alias)
    )
    for team_id, alias in given:
        aliases[team_id].append(alias)
    rows = connection.execute(
        select(Team.id, Team.name, Team.parent_id).where(Team.workspace_id == workspace_id).order_by(Team.name)
    ).all()
    names = {row.id: row.name for row in rows}
    return tuple(
        TeamName(row.id, row.name, names.get(row.parent_id, "") if row.parent_id else "", tuple(aliases[row.id]))
        for row in rows
    )


def _people(connection: Connection, workspace_id: int) -> tuple[PersonName, ...]:
    rows = connection.execute(
        select(Person.id, Person.email, Person.name, Spell.kind, Spell.manager_email, Team.name)
        .join(Spell, Spell.person_id == Person.id)
        .join(Team, Team.id == Spell.team_id)
        .where(Person.workspace_id == workspace_id)
        .order_by(Person.id, Spell.start_day)
    )
    people: dict[int, PersonName] = {}
    for id_, email, name, kind, manager, team in rows:
        teams = (*people[id_].teams, team) if id_ in people else (team,)
        people[id_] = PersonName(id_, email, name, kind, tuple(dict.fromkeys(teams)), manager)
    return tuple(people.values())


def _workflows(connection: Connection, workspace_id: int) -> tuple[WorkflowName, ...]:
    catalogued = connection.execute(
        select(Workflow.name, Team.name, Workflow.activity)
        .outerjoin(Team, Team.id == Workflow.team_id)
        .where(Workflow.workspace_id == workspace_id)
    )
    found = {name: WorkflowName(name, team or "", activity) for name, team, activity in catalogued}
    for table in (Stream, WorkDaily):
        names = select(table.workflow).where(table.workspace_id == workspace_id).distinct()
        used = connection.scalars(names.where(Stream.canonical_id.is_(None)) if table is Stream else names)
        for name in used:
            if name:
                found.setdefault(name, WorkflowName(name, "", ""))
    return tuple(found[name] for name in sorted(found))


def _values(connection: Connection, workspace_id: int) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for column in (Stream.tool, Stream.provider, Stream.model, Stream.mode, Spell.title, Spell.location, Spell.kind):
        owner = Stream if column.table is Stream.__table__ else Spell
        names = select(column).where(owner.workspace_id == workspace_id, column != "").distinct()
        found = connection.scalars(names.where(Stream.canonical_id.is_(None)) if owner is Stream else names)
        out[column.key] = tuple(sorted(found))
    return out


def _allocations(connection: Connection, workspace_id: int) -> dict[str, tuple[str, ...]]:
    """The projects, cost centres and repositories that use is booked to."""
    rows = connection.execute(
        select(Allocation.project, Allocation.cost_center, Allocation.repository).where(
            Allocation.workspace_id == workspace_id
        )
    ).all()
    names = ("project", "cost_center", "repository")
    return {name: tuple(sorted({row[at] for row in rows if row[at]})) for at, name in enumerate(names)}


def _aliases(connection: Connection, workspace_id: int) -> tuple[tuple[str, str, str], ...]:
    rows = select(Alias.kind, Alias.name, Alias.alias).where(Alias.workspace_id == workspace_id)
    return tuple((kind, name, alias) for kind, name, alias in connection.execute(rows.order_by(Alias.id)))


def _events(connection: Connection, workspace_id: int) -> tuple[tuple[date, str, str], ...]:
    rows = select(DatedEvent.day, DatedEvent.name, DatedEvent.team).where(DatedEvent.workspace_id == workspace_id)
    found = connection.execute(rows.order_by(DatedEvent.day, DatedEvent.id))
    return tuple((day, name, team) for day, name, team in found)


def _span(
    connection: Connection, workspace_id: int, table: type[UsageDaily] | type[WorkDaily]
) -> tuple[date, date] | None:
    # Two index look-ups; min and max in one SELECT would read the whole index on SQLite.
    first, last = (
        connection.scalar(select(edge(table.day)).where(table.workspace_id == workspace_id))
        for edge in (func.min, func.max)
    )
    return (first, last) if first is not None and last is not None else None
