"""Which workspace a Slack team asks in."""

from __future__ import annotations

from sqlalchemy import Engine, insert

from storage.load.locking import lock_revision
from storage.tables import Team
from storage.workspaces import (
    add_workspace,
    are_bare,
    bump_revision,
    default_workspace,
    for_slack_team,
    read_revision,
)


def test_a_migrated_store_has_the_workspace_of_one_organisation(engine: Engine) -> None:
    with engine.begin() as connection:
        assert default_workspace(connection) == default_workspace(connection)


def test_with_several_workspaces_each_team_finds_its_own_or_none(engine: Engine) -> None:
    with engine.begin() as connection:
        first, second = add_workspace(connection, "T1", "One"), add_workspace(connection, "T2", "Two")

        assert for_slack_team(connection, "T1") == first
        assert for_slack_team(connection, "T2") == second
        assert for_slack_team(connection, "T3") is None


def test_a_bumped_revision_is_one_more_in_its_own_workspace(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        other = add_workspace(connection)
        before = read_revision(connection, workspace_id)
        bump_revision(connection, workspace_id)

        assert (lock_revision(connection, workspace_id), read_revision(connection, other)) == (before + 1, 0)


def test_workspaces_are_bare_until_one_has_a_team(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        before = are_bare(connection)
        connection.execute(insert(Team).values(workspace_id=workspace_id, name="Core"))

        assert (before, are_bare(connection)) == (True, False)
