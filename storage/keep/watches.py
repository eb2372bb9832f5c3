"""Watches: the figures that people want to be told about, once each, and when they were told last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from storage.engine import insert_or_leave
from storage.tables import Watch, Workspace

ACTIVE, ENDED = "active", "ended"
RANGE, BUDGET, ABOVE, BELOW = "range", "budget", "above", "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A watch as it stands; the meaning of its fields is the table's."""

    id: int = 0
    workspace_id: int
    email: str
    key: str
    kind: str
    query: Mapping[str, Any]
    level: float | None
    title: str
    since: datetime


def keep(connection: Connection, wanted: Watched) -> None:
    """Keep a watch; the same wish of the same person is taken up again."""
    values = {
        "kind": wanted.kind,
        "query": dict(wanted.query),
        "level": wanted.level,
        "title": wanted.title,
        "state": ACTIVE,
        "since": wanted.since.astimezone(UTC),
    }
    mine = (Watch.workspace_id == wanted.workspace_id, Watch.email == wanted.email, Watch.key == wanted.key)
    if connection.execute(update(Watch).where(*mine, Watch.state == ENDED).values(values)).rowcount == 0:
        row = {"workspace_id": wanted.workspace_id, "email": wanted.email, "key": wanted.key, **values}
        connection.execute(insert_or_leave(connection, Watch).values(row))


def active(connection: Connection, workspace_id: int, email: str = "") -> list[Watched]:
    """The watches of a person, or of everybody, the oldest first."""
    where = [Watch.workspace_id == workspace_id, Watch.state == ACTIVE]
    if email:
        where.append(Watch.email == email)
    rows = connection.execute(select(*Watch.__table__.columns).where(*where).order_by(Watch.id))
    return [
        Watched(
            id=row.id,
            workspace_id=row.workspace_id,
            email=row.email,
            key=row.key,
            kind=row.kind,
            query=row.query,
            level=row.level,
            title=row.title,
            since=row.since,
        )
        for row in rows
    ]


def end(connection: Connection, workspace_id: int, email: str, watch_id: int) -> bool:
    """End one's own watch; False where it is somebody else's or has ended."""
    mine = (Watch.id == watch_id, Watch.workspace_id == workspace_id, Watch.email == email, Watch.state == ACTIVE)
    return connection.execute(update(Watch).where(*mine).values(state=ENDED)).rowcount == 1


def told(connection: Connection, watch_id: int, now: datetime) -> None:
    """Note that its reader was told."""
    connection.execute(update(Watch).where(Watch.id == watch_id).values(told_at=now.astimezone(UTC)))


def watching_workspaces(connection: Connection) -> list[tuple[int, str]]:
    """The workspaces with a watch, each with its Slack team ("" where it is alone and names none)."""
    rows = (
        select(Workspace.id, Workspace.slack_team_id)
        .where(Workspace.id.in_(select(Watch.workspace_id).where(Watch.state == ACTIVE)))
        .order_by(Workspace.id)
    )
    return [(id_, slack_team or "") for id_, slack_team in connection.execute(rows)]
