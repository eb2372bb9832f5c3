"""A small company with twelve weeks of work, and its advice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.advice.asking import Advisor
from bot.advice.granting import Granted
from bot.advice.service import Advice
from bot.advice.survey import Survey, read_survey
from bot.questions.answers.answer import Answer, Audience
from bot.questions.request import AskRequest
from bot.settings import Settings
from storage.answer.privacy import OPERATOR, Viewer
from storage.engine import reading_engine, writing_engine
from storage.load.organisation import save_teams, save_workflows
from storage.load.outcomes import OutcomeRecord, save_outcomes
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_work
from storage.names import read_directory
from storage.records import WorkflowRecord, WorkMode, WorkRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.workspaces import default_workspace
from tests.bot.advice.runs import runs
from tests.databases import BACKENDS, fresh_store
from tests.filled import filled

AS_OF = date(2026, 11, 18)
FIRST = date(2026, 8, 24)  # a Monday, twelve whole weeks before
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
ADMIN = "admin@x.example"
TEAMS = {"Support": 6, "Sales": 6, "Legal": 3, "People": 6}
CATALOGUE = (
    WorkflowRecord(
        name="ticket answering",
        team="Support",
        activity="generation",
        description="Answer tickets",
        stage="draft",
        reversible="yes",
        verifiable="yes",
        data_ready="yes",
        owner_email="support0@x.example",
        error_class=3,
    ),
    WorkflowRecord(
        name="account notes", team="Sales", activity="synthesis", data_ready="yes", owner_email="sales0@x.example"
    ),
    WorkflowRecord(name="contract review", team="Legal", activity="review", owner_email="legal0@x.example"),
    WorkflowRecord(name="candidate screening", team="People", activity="review", data_ready="yes"),
    WorkflowRecord(name="price lists", team="Sales", activity="generation", data_ready="partly"),
    WorkflowRecord(name="private files", team="Sales", activity="generation", data_ready="no"),
    WorkflowRecord(name="rare thing", team="Sales", activity="generation"),
    WorkflowRecord(name="quick lookups", team="Support", activity="decision", verifiable="no", error_class=4),
    WorkflowRecord(name="unheard of", team="Support", activity="analysis"),
)
# Items a workday by hand and with AI, and minutes an item by hand.
WORK = {
    "ticket answering": (20, 10, 15),
    "account notes": (12, 1, 45),
    "contract review": (4, 1, 90),
    "candidate screening": (10, 0, 20),
    "price lists": (10, 2, 40),
    "private files": (10, 0, 30),
    "rare thing": (0, 0, 30),
    "quick lookups": (20, 0, 5),
    "badge requests": (9, 0, 25),
}


@dataclass(frozen=True)
class Company:
    """The store and the service over it."""

    writing: Engine
    advice: Advice
    workspace: int

    def outcomes(self, records: list[OutcomeRecord]) -> None:
        """Let these runs have been verified."""
        with self.writing.begin() as connection:
            save_outcomes(connection, self.workspace, records)

    def work(self, records: list[WorkRecord]) -> None:
        """Let this have been done."""
        save_work(self.writing, LoadOf(workspace_id=self.workspace, source="more", what="more", now=NOW), records)

    def member(self, email: str) -> Viewer:
        """Somebody on the roster."""
        return Viewer(email=email)


@pytest.fixture(params=BACKENDS)
def company(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Company]:
    """Cobalt: four teams, nine workflows, and a tenth that nobody catalogued."""
    with fresh_store(request.param, tmp_path) as url:
        writing, reading = writing_engine(url), reading_engine(url)
        workspace = filled(writing, "Cobalt", lambda: _cobalt(writing))
        settings = Settings(admins=frozenset({ADMIN}))
        yield Company(writing, Advice(reading, writing, settings, lambda: NOW), workspace)
        reading.dispose()
        writing.dispose()


def _cobalt(writing: Engine) -> int:
    with writing.begin() as connection:
        workspace = default_workspace(connection)
        save_teams(connection, workspace, [TeamRecord(name=name, channel=f"#{name.lower()}") for name in TEAMS])
        save_roster(connection, workspace, people())
        save_workflows(connection, workspace, CATALOGUE)
    save_work(writing, LoadOf(workspace_id=workspace, source="files", what="work.csv", now=NOW), work_until(AS_OF))
    return workspace


def people() -> list[SpellRecord]:
    """The roster."""
    found = [
        SpellRecord(
            email=f"{team.lower()}{number}@x.example", name=f"{team} {number}", team=team, start=date(2025, 1, 1)
        )
        for team, size in TEAMS.items()
        for number in range(size)
    ]
    return [*found, replace(found[0], email=ADMIN, name="Admin", team="People")]


def work_until(last: date) -> list[WorkRecord]:
    """Every workday's work, a little different from day to day."""
    found = []
    for offset in range((last - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        if day.weekday() < 5:
            found += [row for name in WORK for row in work_of(name, day)]
    return found


def work_of(name: str, day: date) -> list[WorkRecord]:
    """One day of a workflow, by hand and assisted."""
    by_hand, with_ai, minutes = WORK[name]
    sway = 1 + 0.1 * (day.toordinal() % 5 - 2)
    modes = ((WorkMode.HUMAN, by_hand, minutes * sway), (WorkMode.ASSISTED, with_ai, minutes * sway / 2))
    return [
        WorkRecord(
            natural_key=f"{day} {name} {mode}",
            day=day,
            workflow=name,
            mode=mode,
            items=items,
            human_minutes=Decimal(str(round(items * each, 1))),
            accepted=items,
        )
        for mode, items, each in modes
        if items
    ]


OWNER = "support0@x.example"
TRIED = Granted(confirmed=True, on=date(2026, 11, 10))
ANYBODY = Viewer()


def verdicts(company: Company, viewer: Viewer = OPERATOR) -> dict[str, tuple[str, str]]:
    """Every workflow's verdict and reason."""
    return {
        card.workflow: (card.verdict.value, card.reason)
        for card in company.advice.offload(company.workspace, None, AS_OF, viewer)
    }


def earned(company: Company) -> None:
    """Sixty verified runs, all of which succeeded."""
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))])


def survey_of(company: Company) -> Survey:
    """The survey of the day, for the operator."""
    with company.writing.connect() as connection:
        return read_survey(connection, read_directory(connection, company.workspace), AS_OF, OPERATOR)


def half_by_ai(company: Company, name: str = "ticket answering", items: int = 40) -> None:
    """Twelve weeks in which half of the work is AI's: 20 minutes by hand, 5 beside AI."""
    rows = [
        WorkRecord(
            natural_key=f"half/{name}/{week}/{mode}",
            day=FIRST + timedelta(weeks=week),
            workflow=name,
            mode=mode,
            items=items,
            human_minutes=Decimal(items * minutes),
            accepted=items,
        )
        for week in range(12)
        for mode, minutes in ((WorkMode.HUMAN, 20), (WorkMode.ASSISTED, 5))
    ]
    save_work(company.writing, LoadOf(workspace_id=company.workspace, source="half", what="work", now=NOW), rows)


def ask(company: Company, text: str, email: str | None = None, audience: Audience = Audience.PRIVATE) -> Answer | None:
    """The advice's answer to a question: the operator's, or with `email` somebody's."""
    request = AskRequest(
        workspace_id=company.workspace, text=text, asker_email=email, operator=email is None, audience=audience
    )
    return Advisor(company.advice).answer(request, AS_OF)
