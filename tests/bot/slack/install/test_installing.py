"""Many workspaces: the install page, the way back from Slack, whose token speaks, and leaving."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.processes.web import build_web
from bot.settings import Settings
from bot.slack.app import Environment, SlackApp, build_app
from bot.slack.install.installations import Installations
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, event, headers, mention
from tests.fakes.vault import MemoryVault


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def app(slack: FakeSlack, vault: MemoryVault) -> Iterator[SlackApp]:
    settings = Settings(
        slack_client_id="1.2", slack_client_secret="hush", slack_signing_secret=SECRET, slack_api_url=slack.url
    )
    environment = Environment(sleep=lambda _: None, timeout=2)
    made = build_app(settings, FakeServices(), Installations(vault, lambda: 0.0), environment)
    yield made
    made.close()


@pytest.fixture
def web(app: SlackApp) -> FlaskClient:
    return build_web(app, lambda: None).test_client()


def send(web: FlaskClient, data: dict[str, Any]) -> int:
    raw, kind = body(data)
    return web.post("/slack/events", data=raw, headers=headers(raw, kind)).status_code


def install(web: FlaskClient, code: str = "good") -> int:
    page = web.get("/slack/install", base_url="https://fulcrum.example").get_data(as_text=True)
    state = re.search(r"state=([^&\"]+)", page)
    assert state
    way_back = f"/slack/oauth_redirect?code={code}&state={state.group(1)}"
    return web.get(way_back, base_url="https://fulcrum.example").status_code


def test_a_workspace_that_installs_is_answered_with_its_own_token(
    app: SlackApp, web: FlaskClient, slack: FakeSlack, vault: MemoryVault
) -> None:
    assert install(web) == 200
    assert vault.kept["", "T7"].token == "xoxb-seven"
    seven = mention("tokens") | {
        "team_id": "T7",
        "authorizations": [{"team_id": "T7", "user_id": "UBOT", "is_bot": True}],
    }
    slack.user("UANA", "ana@seven.example", team_id="T7")
    slack.user("UBO", "bo@seven.example", team_id="T7")

    assert send(web, seven) == 200
    slack.wait(lambda: slack.posted("C1"))
    assert {call.token for call in slack.called("chat.postMessage")} == {"xoxb-seven"}


def test_a_state_that_is_not_ours_installs_nothing(web: FlaskClient, vault: MemoryVault) -> None:
    way_back = "/slack/oauth_redirect?code=good&state=made-up"

    assert web.get(way_back, base_url="https://fulcrum.example").status_code == 400
    assert not vault.kept


def test_a_code_that_slack_refuses_installs_nothing(
    web: FlaskClient, vault: MemoryVault, caplog: pytest.LogCaptureFixture
) -> None:
    assert install(web, "stolen") == 401
    assert not vault.kept
    assert "Slack refused the code" in caplog.text
    assert "stolen" not in caplog.text


def test_a_workspace_that_never_installed_is_not_answered(web: FlaskClient, slack: FakeSlack) -> None:
    assert send(web, mention("tokens")) == 200
    assert not slack.messages


def test_a_workspace_that_takes_the_app_out_is_forgotten(app: SlackApp, web: FlaskClient, vault: MemoryVault) -> None:
    install(web)

    send(web, event({"type": "app_uninstalled"}, authorizations=[]) | {"team_id": "T7"})
    app.close()

    assert not vault.kept
