"""Settings that an organisation's admins made in Slack, as text by name, and the log of who changed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import Setting, SettingChange


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One change of the log; None is what the environment says."""

    at: datetime
    by: str
    name: str
    old: str | None
    new: str | None


def read_settings(connection: Connection, workspace_id: int) -> dict[str, str]:
    """What is set in Slack, by the setting's name in the environment."""
    rows = select(Setting.name, Setting.value).where(Setting.workspace_id == workspace_id)
    return {name: value for name, value in connection.execute(rows)}


def change_settings(
    connection: Connection, workspace_id: int, wanted: Mapping[str, str | None], by: str, at: datetime
) -> list[LoggedChange]:
    """Set these, clear those that are None; what is so already is no change. Gives what was logged."""
    held = read_settings(connection, workspace_id)
    changes = [LoggedChange(at, by, name, held.get(name), new) for name, new in wanted.items() if held.get(name) != new]
    for change in changes:
        mine = (Setting.workspace_id == workspace_id, Setting.name == change.name)
        if change.new is None:
            connection.execute(delete(Setting).where(*mine))
        elif change.old is None:
            row = {"workspace_id": workspace_id, "name": change.name, "value": change.new}
            connection.execute(insert(Setting).values(row))
        else:
            connection.execute(update(Setting).where(*mine).values(value=change.new))
        logged = {"at": at, "by": by, "name": change.name, "old": change.old, "new": change.new}
        connection.execute(insert(SettingChange).values(workspace_id=workspace_id, **logged))
    return changes


def latest_changes(connection: Connection, workspace_id: int, limit: int) -> list[LoggedChange]:
    """The newest changes first."""
    columns = (SettingChange.at, SettingChange.by, SettingChange.name, SettingChange.old, SettingChange.new)
    rows = select(*columns).where(SettingChange.workspace_id == workspace_id)
    newest = rows.order_by(SettingChange.id.desc()).limit(limit)
    return [LoggedChange(*row) for row in connection.execute(newest)]
