"""The app with its advice, the store behind it, and a way to send to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.models.views import View
from sqlalchemy import Engine

from bot.advice.service import Advice
from bot.meter import Meter
from bot.settings import Settings
from bot.slack.advice import listeners
from bot.slack.advice.replies import AdviceReplies
from bot.slack.api.audience import Audiences
from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from bot.slack.api.posting import Poster
from bot.slack.tools import Tools
from storage.engine import reading_engine, writing_engine
from storage.load.organisation import save_teams, save_workflows
from storage.load.outcomes import save_outcomes
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_work
from storage.records import WorkflowRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.workspaces import default_workspace
from tests.bot.advice.conftest import AS_OF, NOW, work_until
from tests.bot.advice.runs import runs
from tests.databases import fresh_store
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, headers, press
from tests.filled import filled

ANA = "ana@northwind.example"


@dataclass
class Bench:
    """The listeners on an app of their own; `send` waits until all that came of it is done."""

    slack: FakeSlack
    advice: Advice
    workspace: int
    writing: Any
    now: float = 1_763_456_400.0

    def send(self, data: dict[str, Any]) -> BoltResponse:
        raw, _ = body(data)
        clients = Clients(self.slack.url, 5)
        waiting = RetryingCalls(lambda _: None)
        people = People(waiting, lambda: self.now)
        pool = ThreadPoolExecutor(2)
        tools = Tools(
            services=FakeServices(),
            clients=clients,
            people=people,
            audiences=Audiences(people, waiting),
            poster=Poster(clients, lambda _: None, lambda: self.now),
            meter=Meter(),
            clock=lambda: self.now,
            ticket=lambda: "ticket01",
        )
        listening = ThreadPoolExecutor(2)
        app = App(
            name="fulcrum",  # or it looks through the whole stack for one
            token="xoxb-1",
            signing_secret=SECRET,
            client=clients.web("xoxb-1"),
            token_verification_enabled=False,
            listener_executor=listening,
        )
        listeners.register(app, AdviceReplies(tools, self.advice, pool))
        response = app.dispatch(BoltRequest(body=raw, headers=_headers(raw, data)))
        listening.shutdown(wait=True)
        pool.shutdown(wait=True)
        return response

    def told(self) -> str:
        """What Ana was told last."""
        return str(self.slack.whispered("UANA")[-1]["text"])


def sent(form: View, **values: str) -> dict[str, Any]:
    """A form sent with these fields."""
    state = {"values": {name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()}}
    view = form.to_dict() | {"id": "V1", "hash": "1.1", "state": state}
    return {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "UANA", "team_id": "T1"}, "view": view}


def _headers(raw: str, data: dict[str, Any]) -> dict[str, str | Sequence[str]]:
    _, kind = body(data)
    return {name: value for name, value in headers(raw, kind).items()}


@pytest.fixture
def bench(slack: FakeSlack, tmp_path: Path) -> Iterator[Bench]:
    """Ana owns ticket answering in a team of six."""
    with fresh_store("sqlite", tmp_path) as url:
        writing, reading = writing_engine(url), reading_engine(url)
        workspace = filled(writing, "Support alone", lambda: _support(writing))
        advice = Advice(reading, writing, Settings(), lambda: datetime(2026, 11, 18, 9, tzinfo=UTC))
        yield Bench(slack, advice, workspace, writing)
        reading.dispose()
        writing.dispose()


def _support(writing: Engine) -> int:
    with writing.begin() as connection:
        workspace = default_workspace(connection)
        save_teams(connection, workspace, [TeamRecord(name="Support")])
        emails = [ANA, *(f"s{n}@northwind.example" for n in range(5))]
        start = date(2025, 1, 1)
        save_roster(
            connection,
            workspace,
            [SpellRecord(email=email, name=email, team="Support", start=start) for email in emails],
        )
        row = WorkflowRecord(
            name="ticket answering",
            team="Support",
            activity="generation",
            stage="draft",
            reversible="yes",
            verifiable="yes",
            data_ready="yes",
            owner_email=ANA,
            error_class=2,
        )
        save_workflows(connection, workspace, [row])
        found = [replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))]
        save_outcomes(connection, workspace, found)
    save_work(writing, LoadOf(workspace_id=workspace, source="files", what="w", now=NOW), work_until(AS_OF))
    return workspace


def pressed(action_id: str, user: str = "UANA", **about: str) -> dict[str, Any]:
    """A press on one of the advice's buttons in an ephemeral message."""
    data = press(json.dumps(about), user=user)
    data["actions"][0]["action_id"] = action_id
    return data
