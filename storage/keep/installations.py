"""Which Slack workspaces installed the app, each with a workspace of its own here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.tables import SlackInstallation, Workspace
from storage.workspaces import add_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """One installation; the token is sealed by whoever brings it."""

    enterprise_id: str
    team_id: str
    team_name: str
    app_id: str
    bot_id: str
    bot_user_id: str
    scopes: str
    sealed_token: str


@dataclass(frozen=True, slots=True)
class InstalledTeam:
    """A Slack workspace with an installation of its own, and its workspace here."""

    workspace_id: int
    enterprise_id: str
    team_id: str


def installed_teams(connection: Connection) -> list[InstalledTeam]:
    """All of them; an installation of a whole organisation is of no one workspace."""
    columns = (SlackInstallation.workspace_id, SlackInstallation.enterprise_id, SlackInstallation.team_id)
    rows = select(*columns).where(SlackInstallation.team_id != "").order_by(SlackInstallation.workspace_id)
    return [InstalledTeam(*row) for row in connection.execute(rows)]


def put_installation(connection: Connection, installed: Installed, now: datetime) -> None:
    """Keep it in place of an older one; a Slack workspace that is new gets its workspace here."""
    workspace_id = _workspace_of(connection, installed.team_id or installed.enterprise_id, installed.team_name)
    drop_installation(connection, installed.enterprise_id, installed.team_id)
    values: dict[str, Any] = {name: getattr(installed, name) for name in Installed.__slots__}
    connection.execute(insert(SlackInstallation).values(workspace_id=workspace_id, installed_at=now, **values))


def get_installation(connection: Connection, enterprise_id: str, team_id: str) -> Installed | None:
    """The installation with this key."""
    columns = [getattr(SlackInstallation, name) for name in Installed.__slots__]
    row = connection.execute(select(*columns).where(*_of(enterprise_id, team_id))).one_or_none()
    return Installed(**row._mapping) if row else None


def drop_installation(connection: Connection, enterprise_id: str, team_id: str) -> None:
    """Forget it; the figures of its workspace stay."""
    connection.execute(delete(SlackInstallation).where(*_of(enterprise_id, team_id)))


def _workspace_of(connection: Connection, slack_id: str, name: str) -> int:
    """The workspace bound to this Slack workspace. The first one takes the workspace that was filled before it came."""
    found = connection.scalar(select(Workspace.id).where(Workspace.slack_team_id == slack_id))
    if found is not None:
        return found
    alone = connection.scalar(select(func.count()).select_from(Workspace)) == 1
    free = connection.scalar(select(Workspace.id).where(Workspace.slack_team_id.is_(None)).limit(1))
    if alone and free is not None:
        connection.execute(update(Workspace).where(Workspace.id == free).values(slack_team_id=slack_id, name=name))
        return free
    return add_workspace(connection, slack_id, name)


def _of(enterprise_id: str, team_id: str) -> tuple[Any, Any]:
    return SlackInstallation.enterprise_id == enterprise_id, SlackInstallation.team_id == team_id
