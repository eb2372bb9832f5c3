"""The workspaces that installed the app, in Slack's shape over a vault."""

from __future__ import annotations

from typing import Any

from slack_sdk.oauth.installation_store import Bot

from bot.slack.install.installations import Installations, InstalledBot
from tests.fakes.vault import MemoryVault


def test_an_organisations_bot_speaks_in_its_workspaces() -> None:
    vault = MemoryVault()
    vault.put(InstalledBot(enterprise_id="E1", bot_id="B1", bot_user_id="U1", token="xoxb-org"))
    store = Installations(vault, lambda: 0.0)

    found = store.find_bot(enterprise_id="E1", team_id="T3")

    assert found
    assert (found.bot_token, found.is_enterprise_install) == ("xoxb-org", True)
    assert store.find_bot(enterprise_id="E2", team_id="T3") is None


def test_a_token_is_in_no_representation() -> None:
    assert "xoxb" not in repr(InstalledBot(bot_id="B1", bot_user_id="U1", token="xoxb-1"))


def bot(**more: Any) -> Bot:
    fields: dict[str, Any] = {"bot_token": "xoxb-7", "bot_id": "B7", "bot_user_id": "U7", "bot_scopes": ["chat:write"]}
    return Bot(**(fields | {"team_id": "T7", "team_name": "Seven", "installed_at": 0.0} | more))


def test_a_bot_is_found_as_it_was_saved_and_gone_once_deleted() -> None:
    store = Installations(MemoryVault(), lambda: 5.0)
    store.save_bot(bot())

    found = store.find_bot(enterprise_id=None, team_id="T7")

    assert found is not None
    assert (found.bot_token, found.bot_user_id, found.bot_scopes) == ("xoxb-7", "U7", ["chat:write"])
    assert not found.is_enterprise_install
    store.delete_bot(enterprise_id=None, team_id="T7")
    assert store.find_bot(enterprise_id=None, team_id="T7") is None


def test_a_workspaces_own_bot_speaks_before_that_of_its_organisation() -> None:
    store = Installations(MemoryVault(), lambda: 0.0)
    store.save_bot(bot(enterprise_id="E1", team_id=None, is_enterprise_install=True, bot_token="xoxb-org"))
    store.save_bot(bot(enterprise_id="E1", bot_token="xoxb-own"))

    def token(team: str, whole: bool = False) -> str | None:
        found = store.find_bot(enterprise_id="E1", team_id=team, is_enterprise_install=whole)
        return found.bot_token if found else None

    assert (token("T7"), token("T8"), token("T7", whole=True)) == ("xoxb-own", "xoxb-org", "xoxb-org")


def test_no_users_installation_is_kept() -> None:
    store = Installations(MemoryVault(), lambda: 0.0)
    store.save_bot(bot())

    assert store.find_installation(enterprise_id=None, team_id="T7", user_id="U1") is None
