"""The manifest says what the listeners listen for, and asks for no more than the calls need."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.settings import Settings
from bot.slack.app import SCOPES, Environment, build_app
from bot.slack.leverage_words import COMMAND, SUBCOMMANDS
from tests.fakes.services import FakeServices
from tests.fakes.slack_requests import body, command, direct, event, headers, mention, message
from tests.shared import ROOT

MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())

# What each scope is for; one without a reason here is one too many.
REASONS = {
    "app_mentions:read": "hears @Fulcrum",
    "assistant:write": "shows that it is working, suggests questions",
    "channels:history": "hears replies in its threads",
    "channels:read": "who can read a channel",
    "chat:write": "answers",
    "commands": "/leverage",
    "files:write": "a digest's chart as a picture, where Slack does not draw charts",
    "groups:history": "replies in private channels",
    "groups:read": "who can read a private channel",
    "im:history": "hears direct messages",
    "im:write": "answers directly where a channel is closed",
    "mpim:history": "replies in group messages",
    "mpim:read": "who can read a group message",
    "users:read": "guests among a channel's members",
    "users:read.email": "the asker on the roster",
}


def test_every_scope_has_a_reason_and_the_install_page_asks_for_the_same() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]

    assert scopes == sorted(REASONS)
    assert list(SCOPES) == scopes


def test_the_one_command_is_declared_with_escaped_names_and_its_words() -> None:
    (declared,) = MANIFEST["features"]["slash_commands"]

    assert (declared["command"], declared["should_escape"]) == (COMMAND, True)
    words = {part.split()[0] for part in declared["usage_hint"].split(" | ")}
    assert words - {"a"} == set(SUBCOMMANDS) - {"ask"}


def test_the_texts_fit_slacks_limits() -> None:
    shown = MANIFEST["display_information"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(MANIFEST["features"]["agent_view"]["agent_description"]) <= 300


SENT = {
    "app_uninstalled": event({"type": "app_uninstalled"}),
    "tokens_revoked": event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}),
    "app_home_opened": event({"type": "app_home_opened", "user": "UANA", "channel": "D-UANA", "tab": "home"}),
    "app_mention": mention("x"),
    "message.im": direct("x"),
    "message.channels": message("x"),
    "message.groups": message("x", channel_type="group"),
    "message.mpim": message("x", channel_type="mpim"),
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
