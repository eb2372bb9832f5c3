"""The app with its digests, the store behind it, and a way to send to it as Slack does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bot.digest.actions import Action, ActionChoice, WeekAdvice
from bot.digest.service import Digests
from bot.digest.week import Week
from bot.errors import UserError
from bot.processes.web import build_web
from bot.settings import Settings
from bot.slack.api.clients import Clients
from bot.slack.app import Environment, build_app
from bot.slack.digest.clock import digest_clock, speaking
from bot.slack.digest.listeners import attach
from bot.slack.digest.making import DigestMaker
from storage.answer.privacy import Viewer
from storage.engine import reading_engine, writing_engine
from storage.keep import digests
from storage.keep.digests import Subscribed
from tests.bot.digest.company import Company
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, headers

ANA = "build1@company.example"
NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)  # a Wednesday; the last whole week is W12


class Heard:
    """Advises one thing, and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, str, ActionChoice, str]] = []

    def advise(self, week: Week, team: str | None, viewer: Viewer) -> WeekAdvice:
        action = Action(workflow="triage & <co>", team="Build", stage="draft", p10=1, p50=2, p90=4)
        return WeekAdvice(action=action)

    def chosen(self, workspace_id: int, workflow: str, choice: ActionChoice, email: str) -> None:
        if choice is ActionChoice.NOT_NOW:
            raise UserError("That is not yours to decide.")
        self.heard.append((workspace_id, workflow, choice, email))


class Room:
    """The app, the store behind it, and a way to send to it as Slack does."""

    def __init__(self, url: str, slack: FakeSlack) -> None:
        self.slack, self.advice = slack, Heard()
        self.reading, self.writing = reading_engine(url), writing_engine(url)
        self.workspace_id = Company(weeks=16, teams={"Build": 9, "Care": 7}).save(self.writing)
        self.settings = Settings(slack_bot_token="xoxb-1", slack_signing_secret=SECRET, slack_api_url=slack.url)
        maker = DigestMaker(
            Digests(self.reading, self.settings, lambda: NOW, lambda workspace_id: self.advice), self.writing
        )
        clients = Clients(slack.url, 2)
        self.clock = digest_clock(maker, speaking(self.settings, clients, None), lambda seconds: None)

    def send(self, data: dict[str, Any]) -> Any:
        """Send it, and let all that it led to come to an end."""
        services = FakeServices()
        environment = Environment(sleep=lambda seconds: None, timeout=2)
        app = build_app(self.settings, services, environment=environment, more=[attach(self.clock)])
        raw, kind = body(data)
        response = (
            build_web(app, lambda: None).test_client().post("/slack/events", data=raw, headers=headers(raw, kind))
        )
        app.close()
        return response

    def subscriptions(self) -> list[Subscribed]:
        with self.reading.connect() as connection:
            return [subscription for _, subscription in digests.subscriptions(connection)]

    def form(self) -> dict[str, Any]:
        """The form that was opened last."""
        view = self.slack.called("views.open")[-1].data["view"]
        form: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
        return form

    def submit(self, **values: Any) -> Any:
        """Send the form filled in."""
        filled = {"place": "channel", "channel": "C1", "team": "*", "day": "2", "time": "09:00", "zone": "UTC"} | values
        state = {name: {"value": _state(name, value)} for name, value in filled.items()}
        state["parts"] = {"value": {"type": "checkboxes", "selected_options": [{"value": "teams"}, {"value": "cost"}]}}
        view = self.form() | {"id": "V1", "hash": "1.1", "state": {"values": state}}
        return self.send(
            {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "UANA", "team_id": "T1"}, "view": view}
        )

    def told(self) -> str:
        """What somebody was told last."""
        return str(self.slack.whispered()[-1]["text"])


def _state(name: str, value: Any) -> dict[str, Any]:
    kinds = {"channel": ("conversations_select", "selected_conversation"), "time": ("timepicker", "selected_time")}
    if name in kinds:
        kind, key = kinds[name]
        return {"type": kind, key: value}
    if name == "zone":
        return {"type": "plain_text_input", "value": value}
    return {"type": "static_select", "selected_option": {"value": value}}
