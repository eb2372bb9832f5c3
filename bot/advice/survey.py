"""All that the advice of a day rests on, read once: catalogue, facts, outcomes, what is remembered, who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from bot.advice.evidence import Evidence, gather
from bot.advice.experiments import ROUTED, Calibration, calibration
from bot.advice.inputs import Prepared, WorkFacts, facts_of, prepare
from bot.advice.ladder import stage_began
from storage.answer.privacy import Viewer
from storage.answer.workload import DayOfUse, WeekOfWork, daily_use, hidden_teams, weekly_work, whole_weeks
from storage.keep.advice import (
    OwnerValue,
    Remembered,
    StageMove,
    agent_emails,
    employed_emails,
    members_on,
    read_catalogue,
    read_remembered,
)
from storage.load.outcomes import OutcomeRecord, read_outcomes
from storage.names import Directory
from storage.records import Period, WorkflowRecord

T = TypeVar("T", WeekOfWork, DayOfUse)
WEEKS = 8  # of facts behind the inputs
SIGNAL_WEEKS = 13
SIGNAL_DAYS = 40  # so that four weeks of workdays and two more are in it


@dataclass(frozen=True, kw_only=True)
class Survey:
    """One workspace on one day, for one reader; `hidden` are the workflows whose figures the reader may not see."""

    as_of: date
    directory: Directory
    records: Mapping[str, WorkflowRecord]
    weeks: Mapping[str, tuple[WeekOfWork, ...]]
    recorded: float
    days: Mapping[str, tuple[DayOfUse, ...]]
    outcomes: Mapping[str, list[OutcomeRecord]]
    memory: Remembered
    agents: frozenset[str]
    employed: frozenset[str]
    hidden: frozenset[str]
    calibration: Calibration

    def facts(self, name: str) -> WorkFacts:
        """The last eight complete weeks."""
        first = whole_weeks(self.as_of, WEEKS).start
        return facts_of([row for row in self.weeks.get(name, ()) if row.week >= first], self.recorded)

    def moves(self, name: str) -> list[StageMove]:
        """The workflow's history, oldest first."""
        return self.memory.moves.get(name, [])

    def stage(self, name: str) -> str:
        """Where the last move led, else what the catalogue says."""
        moves = self.moves(name)
        return moves[-1].to_stage if moves else self.records[name].stage

    def owner(self, name: str) -> Mapping[str, OwnerValue]:
        """What was put in for it."""
        return self.memory.owners.get(name, {})

    def evidence(self, name: str) -> Evidence:
        """The verified outcomes that count at its stage."""
        facts = self.facts(name)
        minutes = facts.minutes.mode if facts.minutes else self.records[name].minutes_mode
        return gather(self.outcomes.get(name, []), stage_began(self.moves(name)), minutes, self.agents)

    def prepared(self, name: str) -> Prepared:
        """Its inputs."""
        return prepare(
            self.records[name], self.facts(name), self.owner(name), self.evidence(name), self.tried(name, ROUTED)
        )

    def people_of(self, team: str) -> int:
        """How many people a team has, with the teams below it; 0 where it is unknown."""
        return _size(self.directory, team) if team in self.directory.team else 0

    def tried(self, name: str, what: str) -> tuple[int, int]:
        """What the verdicts of its trials keep of a share: so many, of so many."""
        closed = [trial for trial in self.memory.trials.get(name, []) if trial.closed and trial.closed <= self.as_of]
        kept = [trial.verdict[what] for trial in closed if trial.verdict and what in trial.verdict]
        return sum(int(some) for some, _ in kept), sum(int(of) for _, of in kept)


def read_survey(connection: Connection, directory: Directory, as_of: date, viewer: Viewer) -> Survey:
    """Read it; a handful of queries, whatever the size of the catalogue, and few where facts and roster are as they
    were for the survey before."""
    workspace = directory.workspace_id
    records = {record.name: record for record in read_catalogue(connection, workspace)}
    facts_period = whole_weeks(as_of, WEEKS)
    memory = read_remembered(connection, workspace, as_of)
    return Survey(
        as_of=as_of,
        directory=directory,
        records=records,
        weeks=directory.once(("weeks of work", as_of), lambda: _weeks(connection, directory, as_of)),
        recorded=_recorded_weeks(directory, facts_period),
        days=directory.once(("days of use", as_of), lambda: _days(connection, directory, as_of)),
        outcomes=read_outcomes(connection, workspace, as_of),
        memory=memory,
        agents=directory.once("agents", lambda: agent_emails(connection, workspace)),
        employed=directory.once(("employed", as_of), lambda: employed_emails(connection, workspace, as_of)),
        hidden=_hidden(connection, directory, records, Period(facts_period.start, as_of), viewer),
        calibration=calibration_of(memory, as_of),
    )


def _weeks(connection: Connection, directory: Directory, as_of: date) -> dict[str, tuple[WeekOfWork, ...]]:
    return _grouped(weekly_work(connection, directory, whole_weeks(as_of, SIGNAL_WEEKS)).rows)


def _days(connection: Connection, directory: Directory, as_of: date) -> dict[str, tuple[DayOfUse, ...]]:
    return _grouped(daily_use(connection, directory, Period(as_of - timedelta(days=SIGNAL_DAYS), as_of)))


def calibration_of(memory: Remembered, as_of: date) -> Calibration:
    """How good the predictions were, by the trials that had closed by a day."""
    trials = [trial for known in memory.trials.values() for trial in known if trial.closed and trial.closed <= as_of]
    return calibration([trial.verdict for trial in trials if trial.verdict])


def _recorded_weeks(directory: Directory, period: Period) -> float:
    """How many weeks of the period lie within what is recorded."""
    if directory.work is None:
        return 0.0
    first, last = max(period.start, directory.work[0]), min(period.end, directory.work[1])
    return max((last - first).days + 1, 0) / 7


def _hidden(
    connection: Connection, directory: Directory, records: Mapping[str, WorkflowRecord], period: Period, viewer: Viewer
) -> frozenset[str]:
    """What a small team does is shown to its members and to the owner; what is hidden beside it, to the owner."""
    asked = frozenset(record.team for record in records.values())
    if viewer.email is None:  # a channel: each digest of a day asks for the same
        key = ("hidden teams", period.start, period.end, asked, viewer)
        teams = directory.once(key, lambda: hidden_teams(connection, directory, period, asked, viewer))
    else:
        teams = hidden_teams(connection, directory, period, asked, viewer)
    if not teams:
        return frozenset()
    own: frozenset[str] = frozenset()
    if viewer.email:
        own = members_on(connection, directory.workspace_id, viewer.email, period.end)
        own = frozenset(team for team in own if _size(directory, team) < viewer.min_group)
    return frozenset(
        name
        for name, record in records.items()
        if record.team in teams and record.team not in own and not (viewer.email and record.owner_email == viewer.email)
    )


def _size(directory: Directory, team: str) -> int:
    people = directory.once("people by team", lambda: _people_by_team(directory))
    return len(set().union(*(people.get(name, ()) for name in directory.below(team))))


def _people_by_team(directory: Directory) -> dict[str, list[int]]:
    """Who was ever in each team itself, agents left out, by their ids."""
    found: dict[str, list[int]] = {}
    for person in directory.people:
        for team in person.teams if person.kind != "agent" else ():
            found.setdefault(team, []).append(person.id)
    return found


def _grouped(rows: tuple[T, ...]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.workflow, []).append(row)
    return {name: tuple(some) for name, some in found.items()}
