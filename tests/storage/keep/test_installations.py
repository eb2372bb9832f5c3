"""Which Slack workspaces installed the app, each with a workspace of its own here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from storage.keep.installations import Installed, drop_installation, get_installation, put_installation
from storage.tables import SlackInstallation, Workspace

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
FIRST = Installed(
    enterprise_id="",
    team_id="T1",
    team_name="Northwind",
    app_id="A1",
    bot_id="B1",
    bot_user_id="U1",
    scopes="chat:write",
    sealed_token="sealed-1",
)
SECOND = replace(FIRST, team_id="T2", team_name="Larkspur", sealed_token="sealed-2")


def put(engine: Engine, *installed: Installed) -> None:
    with engine.begin() as connection:
        for each in installed:
            put_installation(connection, each, NOW)


def workspaces(engine: Engine) -> dict[str, int]:
    rows = select(SlackInstallation.team_id, SlackInstallation.workspace_id)
    with engine.connect() as connection:
        return {team: id_ for team, id_ in connection.execute(rows)}


def test_the_first_takes_the_workspace_that_was_filled_before_it_came(engine: Engine, workspace_id: int) -> None:
    put(engine, FIRST, SECOND)

    found = workspaces(engine)
    assert found["T1"] == workspace_id
    assert found["T2"] != workspace_id
    with engine.connect() as connection:
        assert connection.scalar(select(Workspace.name).where(Workspace.id == workspace_id)) == "Northwind"


def test_installing_again_replaces_the_token_and_keeps_the_workspace(engine: Engine, workspace_id: int) -> None:
    put(engine, FIRST, SECOND, replace(FIRST, sealed_token="sealed-3"))

    with engine.connect() as connection:
        assert get_installation(connection, "", "T1") == replace(FIRST, sealed_token="sealed-3")
    assert workspaces(engine)["T1"] == workspace_id
    assert len(workspaces(engine)) == 2


def test_what_is_forgotten_is_gone_and_its_figures_stay(engine: Engine, workspace_id: int) -> None:
    put(engine, FIRST)
    with engine.begin() as connection:
        drop_installation(connection, "", "T1")
        drop_installation(connection, "", "T1")

        assert get_installation(connection, "", "T1") is None
        assert connection.scalar(select(Workspace.id)) == workspace_id


def test_one_that_comes_back_finds_its_workspace(engine: Engine, workspace_id: int) -> None:
    put(engine, FIRST, SECOND)
    before = workspaces(engine)["T2"]
    with engine.begin() as connection:
        drop_installation(connection, "", "T2")

    put(engine, SECOND)

    assert workspaces(engine)["T2"] == before
