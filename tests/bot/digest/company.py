"""A small company with weekly use, written straight into a store: a quiet one unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import Engine

from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_usage, save_work
from storage.records import CostKind, DayState, UsageRecord, WorkMode, WorkRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.workspaces import default_workspace
from tests.filled import filled

FIRST = date(2025, 12, 1)  # a Monday
TEAMS = {"Build": 12, "Care": 22, "Law": 3}
EARLY = datetime(2025, 1, 1, tzinfo=UTC)
Factor = Callable[[str, int, int], float]  # team, number of the person, week -> times the usual


def steady(team: str, person: int, week: int) -> float:
    """Nothing happens."""
    return 1.0


@dataclass(frozen=True)
class Company:
    """What to write: so many weeks from `first` on; `factor` bends a person's use in a week."""

    weeks: int = 16
    first: date = FIRST
    factor: Factor = steady
    teams: Mapping[str, int] = field(default_factory=lambda: dict(TEAMS))
    places: Mapping[str, str] = field(default_factory=dict)
    noise: float = 0.1
    weekdays: tuple[int, ...] = (0, 3)
    strangers: float = 0.0
    with_work: bool = True
    model: Callable[[int], str] = lambda week: "model-a"

    def monday(self, week: int) -> date:
        """The first day of a week by its number."""
        return self.first + timedelta(weeks=week)

    def emails(self, team: str) -> list[str]:
        """The people of a team."""
        return [f"{team.lower()}{number}@company.example" for number in range(self.teams[team])]

    def save(self, engine: Engine, states: Mapping[date, DayState] | None = None) -> int:
        """Write it; gives the workspace."""
        content = (self.first, *self.teams.items(), *self.places.items(), *self.usage(), *(states or {}).items())
        work = self.work() if self.with_work else []
        return filled(engine, (content, *work), lambda: self._write(engine, states))

    def _write(self, engine: Engine, states: Mapping[date, DayState] | None) -> int:
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
            save_teams(connection, workspace_id, [TeamRecord(name=name) for name in self.teams])
            spells = [
                SpellRecord(
                    email=email,
                    name=email.partition("@")[0],
                    team=team,
                    location=self.places.get(team, ""),
                    start=self.first - timedelta(days=30),
                )
                for team in self.teams
                for email in self.emails(team)
            ]
            save_roster(connection, workspace_id, spells)
        usage = LoadOf(workspace_id=workspace_id, source="files", what="usage", now=EARLY)
        save_usage(engine, usage, self.usage())
        if self.with_work:
            save_work(engine, LoadOf(workspace_id=workspace_id, source="files", what="work", now=EARLY), self.work())
        if states:
            mark(engine, workspace_id, states)
        return workspace_id

    def usage(self) -> list[UsageRecord]:
        """Use on a few days of every week."""
        random = Random(1)
        rows = []
        for week in range(self.weeks):
            for team in self.teams:
                for number, email in enumerate(self.emails(team)):
                    amount = 100_000 * (1 + number % 3) * self.factor(team, number, week)
                    rows += [
                        self._row(email, week, weekday, amount * random.lognormvariate(0, self.noise))
                        for weekday in self.weekdays
                    ]
            if self.strangers:
                rows.append(self._row("stranger@elsewhere.example", week, 0, self.strangers * 1_000_000))
        return [row for row in rows if row.input_tokens]

    def work(self) -> list[WorkRecord]:
        """Ten items a week by hand, nine of them accepted."""
        return [
            WorkRecord(
                natural_key=f"w{week}",
                day=self.monday(week),
                workflow="triage",
                mode=WorkMode.HUMAN,
                items=10,
                human_minutes=Decimal(100),
                accepted=9,
                reworked=1,
            )
            for week in range(self.weeks)
        ]

    def _row(self, email: str, week: int, weekday: int, tokens: float) -> UsageRecord:
        day = self.monday(week) + timedelta(days=weekday)
        return UsageRecord(
            natural_key=f"{email}/{day}",
            day=day,
            subject=email,
            tool="coder",
            provider="maker",
            model=self.model(week),
            mode="chat",
            input_tokens=round(tokens),
            requests=round(tokens / 10_000),
            cost=Decimal(round(tokens)) / 1_000_000,
            cost_kind=CostKind.LIST,
        )


def mark(engine: Engine, workspace_id: int, states: Mapping[date, DayState], source: str = "files") -> None:
    """Say what a source has for some days."""
    load = LoadOf(workspace_id=workspace_id, source=source, what="states", now=EARLY, states=states)
    save_usage(engine, load, [])
