"""The Slack app: every event it subscribes to has a listener, whatever its settings."""

from __future__ import annotations

import json
from concurrent.futures import Executor
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltRequest

from bot.errors import SettingsError
from bot.processes.web import THREADS
from bot.settings import Settings
from bot.slack.app import ANSWERING, LISTENERS, Environment, build_app
from bot.slack.install.installations import Installations
from bot.slack.leverage_words import COMMAND
from bot.slack.questions.workflow_step import STEP
from bot.slack.tools import Tools
from storage.engine import CONNECTIONS
from tests.fakes.services import FakeServices
from tests.fakes.slack_requests import body, command, direct, event, headers, mention, message
from tests.fakes.vault import MemoryVault
from tests.shared import ROOT

MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())
SENT = {
    "app_uninstalled": event({"type": "app_uninstalled"}),
    "tokens_revoked": event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}),
    "app_home_opened": event({"type": "app_home_opened", "user": "UANA", "channel": "D-UANA", "tab": "home"}),
    "app_mention": mention("x"),
    "message.im": direct("x"),
    "message.channels": message("x"),
    "message.groups": message("x", channel_type="group"),
    "message.mpim": message("x", channel_type="mpim"),
    "function_executed": event(
        {"type": "function_executed", "function": {"callback_id": STEP}, "inputs": {}, "function_execution_id": "Fx1"}
    ),
}


@pytest.mark.parametrize("subscribed", MANIFEST["settings"]["event_subscriptions"]["bot_events"])
def test_every_subscribed_event_has_a_listener(subscribed: str) -> None:
    assert _status(SENT[subscribed]) == 200


def test_nothing_is_listened_for_that_is_not_subscribed() -> None:
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == set(SENT)
    assert _status(command("help", "http://127.0.0.1:9/hook")) == 200
    assert _status(command("help", "http://127.0.0.1:9/hook") | {"command": "/other"}) == 404
    assert MANIFEST["settings"]["interactivity"] == {"is_enabled": True}


def _status(data: dict[str, Any]) -> int:
    """How the app answers it, with Slack away."""
    settings = Settings(slack_bot_token="xoxb-1", slack_signing_secret="s", slack_api_url="http://127.0.0.1:9/api/")
    app = build_app(settings, FakeServices(), environment=Environment(sleep=lambda _: None, timeout=1))
    raw, kind = body(data)
    signed: dict[str, str | list[str]] = dict(headers(raw, kind, "s"))
    response = app.bolt.dispatch(BoltRequest(body=raw, headers=signed))  # type: ignore[arg-type]  # str is a Sequence
    app.close()
    return int(response.status)


def test_an_app_needs_the_credentials_of_how_it_is_installed() -> None:
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        build_app(Settings(), FakeServices())
    with pytest.raises(SettingsError, match="SLACK_CLIENT_ID"):
        build_app(Settings(), FakeServices(), Installations(MemoryVault(), lambda: 0.0))


def test_who_attaches_listeners_of_its_own_comes_before_those_that_take_what_is_left() -> None:
    heard: list[str] = []

    def attach(app: App, tools: Tools, pool: Executor) -> None:
        @app.command(COMMAND)
        def ours(ack: Ack) -> None:
            ack()
            heard.append("ours")

    settings = Settings(slack_bot_token="xoxb-1", slack_signing_secret="s", slack_api_url="http://127.0.0.1:9/api/")
    services = FakeServices()
    app = build_app(settings, services, environment=Environment(timeout=1), more=[attach])
    raw, kind = body(command("words", "http://127.0.0.1:9/hook"))
    signed: dict[str, str | list[str]] = dict(headers(raw, kind, "s"))
    app.bolt.dispatch(BoltRequest(body=raw, headers=signed))  # type: ignore[arg-type]  # str is a Sequence
    app.close()

    assert (heard, services.asked) == (["ours"], [])


def test_each_thread_of_a_process_finds_a_connection() -> None:
    assert CONNECTIONS >= ANSWERING + LISTENERS + THREADS
