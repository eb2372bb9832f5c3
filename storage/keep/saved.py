"""Saved questions: kept in their own words, with the day, time and place at which each is posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, or_, select, update

from storage.keep.digests import aware
from storage.tables import SavedQuestion

ACTIVE, FAILING, ENDED = "active", "failing", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
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
    state: str = ACTIVE
    done_at: datetime | None = None


def save(connection: Connection, wanted: Scheduled) -> int:
    """Keep a question; gives its number."""
    row = {name: getattr(wanted, name) for name in Scheduled.__slots__ if name not in ("id", "since")}
    made = insert(SavedQuestion).values(**row, since=wanted.since.astimezone(UTC)).returning(SavedQuestion.id)
    return int(connection.execute(made).scalar_one())


def active(connection: Connection, workspace_id: int | None = None, email: str = "") -> list[Scheduled]:
    """What has not ended, of a workspace or of all, of one person or of everybody, the oldest first."""
    where = [SavedQuestion.state != ENDED]
    if workspace_id is not None:
        where.append(SavedQuestion.workspace_id == workspace_id)
    if email:
        where.append(SavedQuestion.email == email)
    rows = connection.execute(select(*SavedQuestion.__table__.columns).where(*where).order_by(SavedQuestion.id))
    return [
        Scheduled(**{**row, "since": aware(row["since"]), "done_at": row["done_at"] and aware(row["done_at"])})
        for row in rows.mappings()
    ]


def settle(connection: Connection, question: Scheduled, at: datetime, failing: bool = False) -> bool:
    """Note that what was due `at` that time is seen to; True for the first caller alone, which says in the same
    transaction what came of it."""
    undone = or_(SavedQuestion.done_at.is_(None), SavedQuestion.done_at < at.astimezone(UTC))
    mine = (SavedQuestion.id == question.id, SavedQuestion.state != ENDED, undone)
    values = {"done_at": at.astimezone(UTC), "state": FAILING if failing else ACTIVE}
    return connection.execute(update(SavedQuestion).where(*mine).values(values)).rowcount == 1


def end(connection: Connection, workspace_id: int, saved_id: int, email: str = "") -> bool:
    """End a saved question, with an `email` only that person's own; False where there is none."""
    where = [
        SavedQuestion.workspace_id == workspace_id,
        SavedQuestion.id == saved_id,
        SavedQuestion.state != ENDED,
    ]
    if email:
        where.append(SavedQuestion.email == email)
    return connection.execute(update(SavedQuestion).where(*where).values(state=ENDED)).rowcount == 1
