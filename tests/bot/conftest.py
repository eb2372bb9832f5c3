"""A Slack of our own with a few people in it, and the real app before it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.processes.web import build_web
from bot.settings import Settings
from bot.slack.app import Environment, SlackApp, build_app
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, headers

Data = dict[str, Any]
TIMEOUT_SECONDS = 2


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """Ana and Bo are members, Gil a guest, Eve of another company, Cy has no address."""
    with FakeSlack() as fake:
        fake.user("UANA", "ana@northwind.example")
        fake.user("UBO", "bo@northwind.example")
        fake.user("UGIL", "gil@guest.example", is_restricted=True)
        fake.user("UEVE", "ana@northwind.example", team_id="T9", is_stranger=True)
        fake.user("UCY")
        fake.user("UBOT", is_bot=True)
        fake.user("UHAL", "hal@northwind.example", is_bot=True)
        fake.channel("C1", ["UANA", "UBO"])
        yield fake


class Desktop:
    """The app, what it was asked, what it waited for, and a way to send to it as Slack does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.services = FakeServices()
        self.slept: list[float] = []
        self.now = time.time()
        self._start()

    def send(self, data: Data, **signing: Any) -> TestResponse:
        """Send what Slack would, and let everything it led to come to an end."""
        response = self.deliver(data, **signing)
        self.settle()
        return response

    def deliver(self, data: Data, **signing: Any) -> TestResponse:
        raw, kind = body(data)
        return self.web.post("/slack/events", data=raw, headers=headers(raw, kind, **signing))

    def settle(self) -> None:
        """Finish all that was taken. An app can do so once, so that a new one takes its place."""
        self.app.close()
        self._start()

    def _start(self) -> None:
        environment = Environment(
            clock=lambda: self.now, sleep=self.slept.append, ticket=lambda: "ticket01", timeout=TIMEOUT_SECONDS
        )
        self.app: SlackApp = build_app(self.settings, self.services, environment=environment)
        self.web: FlaskClient = build_web(self.app, lambda: None).test_client()


@pytest.fixture
def desktop(slack: FakeSlack) -> Iterator[Desktop]:
    """The real app on the fake Slack; nothing sleeps."""
    desk = Desktop(
        Settings(
            slack_bot_token="xoxb-1", slack_signing_secret=SECRET, slack_api_url=slack.url, slack_app_token="xapp-1"
        )
    )
    yield desk
    desk.app.close()
