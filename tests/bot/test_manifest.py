"""The manifest says what the listeners listen for, and asks for no more than the calls need."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_bolt import App

from bot.settings import Settings
from bot.slack.advice.listeners import SHORTCUT as OFFLOADED
from bot.slack.app import SCOPES, build_app
from bot.slack.leverage_words import COMMAND, SUBCOMMANDS
from bot.slack.questions.shortcut import SHORTCUT as ASKED
from bot.slack.questions.workflow_step import ANSWER, CHANNEL, PERSON, QUESTION, RECEIPT, STEP
from tests.fakes.services import FakeServices
from tests.shared import ROOT

MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())

# What each scope is for; one without a reason here is one too many.
REASONS = {
    "app_mentions:read": "hears @Fulcrum",
    "assistant:write": "shows that it is working, suggests questions",
    "channels:history": "hears replies in its threads",
    "channels:read": "who can read a channel",
    "chat:write": "answers",
    "commands": "/leverage and the shortcuts",
    "files:write": "rows as a CSV file; a digest's chart as a picture, where Slack does not draw charts",
    "groups:history": "replies in private channels",
    "groups:read": "who can read a private channel",
    "im:history": "hears direct messages",
    "im:write": "answers directly where a channel is closed",
    "mpim:history": "replies in group messages",
    "mpim:read": "who can read a group message",
    "usergroups:read": "teams, where Slack is the roster",
    "users:read": "guests among a channel's members",
    "users:read.email": "the asker on the roster",
}


def test_every_scope_has_a_reason_and_the_install_page_asks_for_the_same() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]

    assert scopes == sorted(REASONS)
    assert list(SCOPES) == scopes


def test_the_events_are_those_that_are_listened_for(monkeypatch: pytest.MonkeyPatch) -> None:
    heard, register = set[str](), App.event

    def noted(app: App, event: str, *more: Any, **named: Any) -> Any:
        heard.add(event)
        return register(app, event, *more, **named)

    monkeypatch.setattr(App, "event", noted)
    build_app(Settings(slack_bot_token="xoxb-1", slack_signing_secret="s"), FakeServices()).close()

    declared = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    of_steps = {"function_executed"}  # Bolt hears it for the step of a workflow
    assert {name.partition(".")[0] for name in declared} == heard | of_steps
    assert {name for name in declared if name.startswith("message.")} == {
        f"message.{scope.removesuffix(':history')}" for scope in SCOPES if scope.endswith(":history")
    }


def test_the_one_command_is_declared_with_escaped_names_and_its_words() -> None:
    (declared,) = MANIFEST["features"]["slash_commands"]

    assert (declared["command"], declared["should_escape"]) == (COMMAND, True)
    words = {part.split()[0] for part in declared["usage_hint"].split(" | ")}
    assert words - {"a"} == set(SUBCOMMANDS) - {"ask"}


def test_the_shortcuts_are_those_that_are_listened_for() -> None:
    declared = MANIFEST["features"]["shortcuts"]

    assert {(declaration["type"], declaration["callback_id"]) for declaration in declared} == {
        ("global", ASKED),
        ("message", OFFLOADED),
    }
    assert all(len(declaration["name"]) <= 24 and len(declaration["description"]) <= 150 for declaration in declared)


def test_the_step_of_a_workflow_is_declared_with_what_it_takes_and_gives() -> None:
    assert set(MANIFEST["functions"]) == {STEP}
    step = MANIFEST["functions"][STEP]

    assert set(step["input_parameters"]) == {QUESTION, CHANNEL, PERSON}
    assert set(step["output_parameters"]) == {ANSWER, RECEIPT}
    declared = {**step["input_parameters"], **step["output_parameters"]}
    assert all(declaration["name"] == name and declaration["is_required"] for name, declaration in declared.items())
    settings = MANIFEST["settings"]  # without these Slack offers the step to nobody
    assert (settings["org_deploy_enabled"], settings["function_runtime"]) == (True, "remote")


def test_the_texts_fit_slacks_limits() -> None:
    shown = MANIFEST["display_information"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(MANIFEST["features"]["agent_view"]["agent_description"]) <= 300
