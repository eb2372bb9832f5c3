"""Saved questions: kept in their own words, with the day, time and place at which each is posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from storage.keep.digests import aware
from storage.tables import SavedQuestion

ACTIVE, ENDED = "active", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A saved question as it stands; the meaning of its fields is the table's."""

    id: int = 0
    workspace_id: int
    email: str
    text: str
    slack_team: str
    owner: str
    channel: str
    weekday: int
    minute: int
    zone: str
    since: datetime


def save(connection: Connection, wanted: Saved) -> int:
    """Keep a question; gives its number."""
    row = {name: getattr(wanted, name) for name in Saved.__slots__ if name not in ("id", "since")}
    made = connection.execute(
        insert(SavedQuestion)
        .values(**row, state=ACTIVE, since=wanted.since.astimezone(UTC))
        .returning(SavedQuestion.id)
    )
    return int(made.scalar_one())


def active(connection: Connection, workspace_id: int | None = None, email: str = "") -> list[Saved]:
    """What has not ended, of a workspace or of all, of one person or of everybody, the oldest first."""
    where = [SavedQuestion.state == ACTIVE]
    if workspace_id is not None:
        where.append(SavedQuestion.workspace_id == workspace_id)
    if email:
        where.append(SavedQuestion.email == email)
    rows = connection.execute(select(*SavedQuestion.__table__.columns).where(*where).order_by(SavedQuestion.id))
    return [
        Saved(
            id=row.id,
            workspace_id=row.workspace_id,
            email=row.email,
            text=row.text,
            slack_team=row.slack_team,
            owner=row.owner,
            channel=row.channel,
            weekday=row.weekday,
            minute=row.minute,
            zone=row.zone,
            since=aware(row.since),
        )
        for row in rows
    ]


def end(connection: Connection, workspace_id: int, saved_id: int, email: str = "") -> bool:
    """End a saved question, with an `email` only that person's own; False where there is none."""
    where = [
        SavedQuestion.workspace_id == workspace_id,
        SavedQuestion.id == saved_id,
        SavedQuestion.state == ACTIVE,
    ]
    if email:
        where.append(SavedQuestion.email == email)
    return connection.execute(update(SavedQuestion).where(*where).values(state=ENDED)).rowcount == 1
