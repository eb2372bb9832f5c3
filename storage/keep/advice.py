"""The catalogue as the advice needs it, and what it remembers: stages, owners' values, suggestions, experiments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, func, insert, select, update

from storage.load.locking import lock_revision
from storage.load.organisation import SLACK, folded, team_ids
from storage.records import WorkflowRecord
from storage.tables import Experiment, OwnerInput, Person, Spell, StageChange, Suggestion, Team, Workflow, Workspace
from storage.workspaces import bump_revision


class _OfWorkflow(Protocol):
    @property
    def workflow(self) -> str: ...


T = TypeVar("T", bound=_OfWorkflow)
AHEAD = timedelta(days=7)  # an experiment is agreed on up to a week before it starts
_PLAIN = (
    "activity",
    "description",
    "stage",
    "reversible",
    "verifiable",
    "data_ready",
    "owner_email",
    "error_class",
    "minutes_low",
    "minutes_mode",
    "minutes_high",
    "exposure",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMove:
    """A line of a workflow's history; `cause` is granted, declined, reviewed, severe, drop, expired or changed."""

    workflow: str
    day: date
    at: datetime
    from_stage: str
    to_stage: str
    by: str
    cause: str
    why: str
    scope: str = ""
    expires: date | None = None
    rate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfSuggestion:
    """What became of a suggestion on a day: shown, accepted, later, dismissed; told is a notice that went out."""

    workflow: str
    day: date
    state: str
    worth: float
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An experiment; `verdict` is None while it runs."""

    id: int
    workflow: str
    started: date
    ends: date
    predicted: Mapping[str, Any]
    baseline: Mapping[str, Any]
    closed: date | None = None
    verdict: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerValue:
    """A true value that somebody put in."""

    value: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Remembered:
    """All of it, by workflow, oldest first."""

    moves: Mapping[str, list[StageMove]] = field(default_factory=dict)
    owners: Mapping[str, Mapping[str, OwnerValue]] = field(default_factory=dict)
    suggestions: Mapping[str, list[SaidOfSuggestion]] = field(default_factory=dict)
    trials: Mapping[str, list[Trial]] = field(default_factory=dict)


def read_catalogue(connection: Connection, workspace_id: int) -> list[WorkflowRecord]:
    """The catalogued workflows by name."""
    w = Workflow
    rows = connection.execute(
        select(
            w.name,
            func.coalesce(Team.name, "").label("team"),
            *(getattr(w, name) for name in _PLAIN),
        )
        .outerjoin(Team, Team.id == w.team_id)
        .where(w.workspace_id == workspace_id)
        .order_by(w.name)
    )
    return [WorkflowRecord(**row._mapping) for row in rows]


def read_remembered(connection: Connection, workspace_id: int, until: date) -> Remembered:
    """What was said and decided up to a day."""
    s, g, e, o = StageChange, Suggestion, Experiment, OwnerInput
    moves = [
        StageMove(**{name: getattr(row, name) for name in StageMove.__dataclass_fields__})
        for row in connection.execute(
            select(*s.__table__.columns).where(s.workspace_id == workspace_id, s.day <= until).order_by(s.day, s.id)
        )
    ]
    said = [
        SaidOfSuggestion(**{name: getattr(row, name) for name in SaidOfSuggestion.__dataclass_fields__})
        for row in connection.execute(
            select(*g.__table__.columns).where(g.workspace_id == workspace_id, g.day <= until).order_by(g.day, g.id)
        )
    ]
    trials = [
        Trial(**{name: getattr(row, name) for name in Trial.__dataclass_fields__})
        for row in connection.execute(
            select(*e.__table__.columns)
            .where(e.workspace_id == workspace_id, e.started <= until + AHEAD)
            .order_by(e.id)
        )
    ]
    owners: dict[str, dict[str, OwnerValue]] = {}
    for row in connection.execute(
        select(o.workflow, o.name, o.value, o.by, o.at).where(o.workspace_id == workspace_id).order_by(o.id)
    ):
        owners.setdefault(row.workflow, {})[row.name] = OwnerValue(value=row.value, by=row.by, at=row.at)
    return Remembered(_by_workflow(moves), owners, _by_workflow(said), _by_workflow(trials))


def catalogued_workspaces(connection: Connection) -> list[tuple[int, str]]:
    """The workspaces with a catalogue, each with its Slack team, "" where it names none."""
    rows = (
        select(Workspace.id, Workspace.slack_team_id)
        .where(Workspace.id.in_(select(Workflow.workspace_id)))
        .order_by(Workspace.id)
    )
    return [(id_, team or "") for id_, team in connection.execute(rows)]


def agent_emails(connection: Connection, workspace_id: int) -> frozenset[str]:
    """The addresses of agents: what they checked was checked by nobody."""
    rows = select(Person.email).join(Spell, Spell.person_id == Person.id)
    return frozenset(connection.scalars(rows.where(Person.workspace_id == workspace_id, Spell.kind == "agent")))


def employed_emails(connection: Connection, workspace_id: int, day: date) -> frozenset[str]:
    """The addresses of those on the roster on a day."""
    rows = select(Person.email).join(Spell, Spell.person_id == Person.id)
    running = (Spell.start_day <= day, Spell.end_day >= day)
    return frozenset(connection.scalars(rows.where(Person.workspace_id == workspace_id, *running)))


def members_on(connection: Connection, workspace_id: int, email: str, day: date) -> frozenset[str]:
    """The teams that this person is in on a day."""
    rows = (
        select(Team.name)
        .join(Spell, Spell.team_id == Team.id)
        .join(Person, Person.id == Spell.person_id)
        .where(Person.workspace_id == workspace_id, Person.email == email)
        .where(Spell.start_day <= day, Spell.end_day >= day)
    )
    return frozenset(connection.scalars(rows))


def team_channels(connection: Connection, workspace_id: int) -> dict[str, str]:
    """The channel of each team that has one."""
    rows = connection.execute(select(Team.name, Team.channel).where(Team.workspace_id == workspace_id))
    return {name: channel for name, channel in rows if channel}


def save_move(connection: Connection, workspace_id: int, move: StageMove) -> None:
    """Add a line to a workflow's history."""
    connection.execute(insert(StageChange).values(workspace_id=workspace_id, **asdict(move)))


def save_said(connection: Connection, workspace_id: int, said: SaidOfSuggestion) -> None:
    """Keep what became of a suggestion."""
    connection.execute(insert(Suggestion).values(workspace_id=workspace_id, **asdict(said)))


def save_owner_values(
    connection: Connection, workspace_id: int, workflow: str, values: Mapping[str, str], by: str, at: datetime
) -> None:
    """Keep true values; an empty one takes an earlier one back."""
    rows = [
        {"workspace_id": workspace_id, "workflow": workflow, "name": name, "value": value, "by": by, "at": at}
        for name, value in values.items()
    ]
    if rows:
        connection.execute(insert(OwnerInput), rows)


def open_trial(
    connection: Connection,
    workspace_id: int,
    workflow: str,
    days: tuple[date, date],
    predicted: Mapping[str, Any],
    baseline: Mapping[str, Any],
) -> None:
    """Start an experiment."""
    values = {"started": days[0], "ends": days[1], "predicted": dict(predicted), "baseline": dict(baseline)}
    connection.execute(insert(Experiment).values(workspace_id=workspace_id, workflow=workflow, **values))


def close_trial(connection: Connection, workspace_id: int, trial: int, day: date, verdict: Mapping[str, Any]) -> bool:
    """End an experiment with its verdict; False where it had ended before."""
    ended = connection.execute(
        update(Experiment)
        .where(Experiment.workspace_id == workspace_id, Experiment.id == trial, Experiment.closed.is_(None))
        .values(closed=day, verdict=dict(verdict))
    )
    return ended.rowcount == 1


def save_workflow(connection: Connection, workspace_id: int, record: WorkflowRecord) -> bool:
    """Enter a workflow in Slack; later files leave it alone. False where its team is not known."""
    lock_revision(connection, workspace_id)
    team = team_ids(connection, workspace_id).get(folded(record.team))
    if team is None:
        return False
    values = asdict(record) | {"team_id": team, "origin": SLACK}
    del values["team"]
    mine = (Workflow.workspace_id == workspace_id, Workflow.name == record.name)
    if connection.execute(update(Workflow).where(*mine).values(**values)).rowcount == 0:
        connection.execute(insert(Workflow).values(workspace_id=workspace_id, **values))
    bump_revision(connection, workspace_id)
    return True


def _by_workflow(rows: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.workflow, []).append(row)
    return found


def last_decisions(connection: Connection, workspace_id: int) -> tuple[int, ...]:
    """The newest number of each kind of decision: as long as these are the same, nobody has decided anything."""
    newest = (
        select(func.max(table.id)).where(table.workspace_id == workspace_id)
        for table in (StageChange, OwnerInput, Suggestion, Experiment)
    )
    return tuple(connection.scalar(query) or 0 for query in newest)
