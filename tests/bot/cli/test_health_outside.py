"""What `fulcrum doctor` sees of Slack and of the model."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cli.health import Finding
from bot.cli.health_outside import of_model, of_scopes, of_slack
from bot.settings import Settings
from bot.slack.app import SCOPES
from tests.fakes.slack_api import FakeSlack, Fault


def found(slack: FakeSlack) -> dict[str, Finding]:
    settings = Settings(slack_bot_token="xoxb-s3cret", slack_app_token="xapp-s3cret", slack_api_url=slack.url)
    return {finding.about: finding for finding in of_slack(settings)}


def test_tokens_that_slack_takes_are_well(slack: FakeSlack) -> None:
    slack.socket_url = "ws://127.0.0.1:9"

    assert {name: finding.state for name, finding in found(slack).items()} == {"Slack": "ok", "Socket Mode": "ok"}


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(error="invalid_auth"), "it refuses the token (invalid_auth)"),
        (Fault(status=503), "it does not answer from here"),
        (Fault(silent=True), "it does not answer from here"),
    ],
)
def test_a_slack_that_refuses_or_is_away_is_wrong_with_what_to_do(slack: FakeSlack, fault: Fault, says: str) -> None:
    slack.fault("auth.test", fault)

    finding = found(slack)["Slack"]

    assert (finding.state, finding.says) == ("wrong", says)
    assert finding.todo
    assert "s3cret" not in repr(finding)


def test_a_model_is_off_without_a_key_and_wrong_where_it_does_not_answer() -> None:
    away = Settings(openai_api_key="sk-s3cret", openai_base_url="http://127.0.0.1:9/v1")

    assert of_model(Settings()).state == "off"
    assert of_model(away).says == "gpt-5-mini does not answer: no connection"


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, []),
        ({"x-oauth-scopes": ",".join(SCOPES)}, [("ok", "all are granted")]),
        ({"x-oauth-scopes": ", ".join(SCOPES[1:])}, [("wrong", f"{SCOPES[0]} not granted")]),
    ],
)
def test_scopes_that_were_not_granted_are_named(headers: dict[str, Any], told: list[tuple[str, str]]) -> None:
    assert [(finding.state, finding.says) for finding in of_scopes(headers)] == told
