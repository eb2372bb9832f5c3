"""Installations in a real store: sealed, found again, and each with a workspace of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.slack.install.installations import InstalledBot
from bot.slack.install.vault import StoreVault, box
from storage.engine import writing_engine
from storage.tables import SlackInstallation
from storage.workspaces import default_workspace, for_slack_team
from tests.databases import fresh_store

NOW = datetime(2026, 11, 18, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with fresh_store("sqlite", tmp_path) as url:
        made = writing_engine(url)
        yield made
        made.dispose()


@pytest.fixture
def vault(engine: Engine) -> StoreVault:
    return StoreVault(engine, box("client secret"), lambda: NOW)


def bot(team: str, token: str = "xoxb-secret") -> InstalledBot:
    return InstalledBot(team_id=team, team_name="One", bot_id="B1", bot_user_id="U1", scopes=("a", "b"), token=token)


def test_what_was_put_is_found_again_until_it_is_dropped(vault: StoreVault) -> None:
    vault.put(bot("T1"))

    assert vault.get("", "T1") == bot("T1")
    assert vault.get("", "T2") is None
    vault.drop("", "T1")
    assert vault.get("", "T1") is None


def test_installing_again_replaces_the_token(vault: StoreVault) -> None:
    vault.put(bot("T1"))
    vault.put(bot("T1", "xoxb-new"))

    found = vault.get("", "T1")
    assert found is not None
    assert found.token == "xoxb-new"


def test_the_store_never_holds_a_token_in_clear_text(vault: StoreVault, engine: Engine) -> None:
    vault.put(bot("T1"))

    with engine.connect() as connection:
        sealed = connection.scalar(select(SlackInstallation.sealed_token))
    assert sealed is not None
    assert "xoxb" not in sealed


def test_another_client_secret_opens_nothing(vault: StoreVault, engine: Engine) -> None:
    vault.put(bot("T1"))

    assert StoreVault(engine, box("another"), lambda: NOW).get("", "T1") is None


def test_a_key_of_its_own_outlives_the_client_secret_and_is_changed_without_a_new_installation(
    vault: StoreVault, engine: Engine
) -> None:
    old, new = "k" * 32, "n" * 32

    def of(secret: str, keys: str) -> StoreVault:
        return StoreVault(engine, box(secret, keys), lambda: NOW)

    vault.put(bot("T1"))
    assert of("client secret", old).reseal() == 0
    assert of("a new secret", old).get("", "T1") == bot("T1")
    assert of("a new secret", f"{new},{old}").reseal() == 0
    assert of("a new secret", new).get("", "T1") == bot("T1")
    assert of("a new secret", old).get("", "T1") is None
    assert of("a new secret", old).reseal() == 1, "it cannot be opened, and is left as it is"
    assert of("a new secret", new).get("", "T1") == bot("T1")


def test_the_first_team_takes_the_workspace_that_was_filled_and_the_next_gets_an_empty_one(
    vault: StoreVault, engine: Engine
) -> None:
    with engine.begin() as connection:
        filled = default_workspace(connection)
    vault.put(bot("T1"))
    vault.put(bot("T2"))

    with engine.connect() as connection:
        assert for_slack_team(connection, "T1") == filled
        second = for_slack_team(connection, "T2")
    assert second not in (None, filled)


def test_a_state_is_spent_once_whichever_process_comes_first(engine: Engine, vault: StoreVault) -> None:
    other = StoreVault(engine, box("client secret"), lambda: NOW)

    assert [vault.spend("a"), other.spend("a"), vault.spend("a"), other.spend("b")] == [True, False, False, True]
