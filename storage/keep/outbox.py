"""The outbox: messages written before they are sent, taken by one sender at a time, fenced by the attempt's number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, update

from storage.engine import insert_or_leave
from storage.keep.digests import aware
from storage.tables import OutboxMessage
from storage.tables.declaring import aliased
from storage.tables.digest import DROPPED as DROPPED
from storage.tables.digest import EXPIRED as EXPIRED
from storage.tables.digest import FAILED as FAILED
from storage.tables.digest import OPEN_STATES as OPEN_STATES
from storage.tables.digest import SENDING as SENDING
from storage.tables.digest import SENT as SENT
from storage.tables.digest import UNCLEAR as UNCLEAR
from storage.tables.digest import WAITING as WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to send; `parent` is the key of the one whose thread it belongs into."""

    key: str
    slack_team: str
    channel: str
    message: Mapping[str, Any]
    parent: str = ""
    subscription_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message in the hands of one sender until `held_until`.

    `begun` is when its first attempt began, None where none did: then nothing of it can be in Slack.
    """

    id: int
    workspace_id: int
    key: str
    slack_team: str
    channel: str
    parent: str
    message: Mapping[str, Any]
    subscription_id: int | None
    attempts: int
    made_at: datetime
    expires_at: datetime
    held_until: datetime
    begun: datetime | None
    thread_ts: str
    posted_in: str


def put(connection: Connection, workspace_id: int, draft: Draft, now: datetime, kept: timedelta) -> bool:
    """Write a message down; False where one of that key is there. After `kept` it is not sent any more."""
    now = now.astimezone(UTC)
    row = {
        "workspace_id": workspace_id,
        "key": draft.key,
        "slack_team": draft.slack_team,
        "channel": draft.channel,
        "parent": draft.parent,
        "subscription_id": draft.subscription_id,
        "message": dict(draft.message),
        "made_at": now,
        "next_at": now,
        "expires_at": now + kept,
    } | {"state": WAITING, "attempts": 0, "posted_in": "", "ts": "", "error": ""}
    return (
        connection.execute(insert_or_leave(connection, OutboxMessage).values(row).returning(OutboxMessage.id)).first()
        is not None
    )


def take(connection: Connection, now: datetime, hold: timedelta) -> Taken | None:
    """The next message that may be sent, for the caller alone until `hold` is over; None where there is none.

    One whose sender died comes again when its time is over. What hangs on a message waits until that is sent.
    """
    now = now.astimezone(UTC)
    above = aliased(OutboxMessage)
    row = connection.execute(
        select(OutboxMessage.__table__, above.ts.label("thread_ts"), above.posted_in.label("thread_in"))
        .outerjoin(above, and_(above.workspace_id == OutboxMessage.workspace_id, above.key == OutboxMessage.parent))
        .where(
            OutboxMessage.state.in_(OPEN_STATES),
            OutboxMessage.next_at <= now,
            or_(OutboxMessage.held_until.is_(None), OutboxMessage.held_until <= now),
            or_(OutboxMessage.parent == "", above.state == SENT),
        )
        .order_by(OutboxMessage.next_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(of=OutboxMessage, skip_locked=True)
    ).first()
    if row is None:
        return None
    until = now + hold
    mine = (OutboxMessage.id == row.id, OutboxMessage.attempts == row.attempts)
    if (
        connection.execute(
            update(OutboxMessage).where(*mine).values(held_until=until, attempts=row.attempts + 1)
        ).rowcount
        != 1
    ):
        return None
    return Taken(
        id=row.id,
        workspace_id=row.workspace_id,
        key=row.key,
        slack_team=row.slack_team,
        channel=row.thread_in or row.channel,
        parent=row.parent,
        message=row.message,
        subscription_id=row.subscription_id,
        attempts=row.attempts + 1,
        made_at=aware(row.made_at),
        expires_at=aware(row.expires_at),
        held_until=until,
        begun=aware(row.tried_at) if row.state == SENDING and row.tried_at else None,
        thread_ts=row.thread_ts or "",
        posted_in=row.posted_in,
    )


def begin(connection: Connection, taken: Taken, now: datetime, channel: str) -> bool:
    """Note that the call is about to be made; False where somebody else has the message by now."""
    values = {
        "state": SENDING,
        "tried_at": func.coalesce(OutboxMessage.tried_at, now.astimezone(UTC)),
        "posted_in": channel,
    }
    return connection.execute(update(OutboxMessage).where(*_mine(taken)).values(values)).rowcount == 1


def keep(connection: Connection, taken: Taken, message: Mapping[str, Any]) -> bool:
    """What is left of it to be sent, for whoever takes it next; False where somebody else has it by now."""
    return connection.execute(update(OutboxMessage).where(*_mine(taken)).values(message=dict(message))).rowcount == 1


def sent(connection: Connection, taken: Taken, channel: str, ts: str) -> bool:
    """It is in Slack, and no longer kept here."""
    return _end(connection, taken, {"message": {}, "state": SENT, "ts": ts, "posted_in": channel, "error": ""})


def again(connection: Connection, taken: Taken, at: datetime, error: str, surely_not_sent: bool) -> bool:
    """Give it back for a later time; unless it surely was not sent it is looked up first."""
    values: dict[str, Any] = {"next_at": at.astimezone(UTC), "error": error}
    return _end(connection, taken, values | ({"state": WAITING, "tried_at": None} if surely_not_sent else {}))


def give_up(connection: Connection, taken: Taken, state: str, error: str) -> bool:
    """It is not sent any more: unclear, failed, expired or dropped; what hangs on it is dropped."""
    if not _end(connection, taken, {"message": {}, "state": state, "error": error}):
        return False
    below = (
        OutboxMessage.workspace_id == taken.workspace_id,
        OutboxMessage.parent == taken.key,
        OutboxMessage.state == WAITING,
    )
    connection.execute(update(OutboxMessage).where(*below).values(message={}, state=DROPPED, error=error))
    return True


def counts(connection: Connection) -> dict[str, int]:
    """How many messages are in which state."""
    rows = connection.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
    return {state: int(count) for state, count in rows}


def _mine(taken: Taken) -> tuple[Any, ...]:
    return (
        OutboxMessage.id == taken.id,
        OutboxMessage.attempts == taken.attempts,
        OutboxMessage.state.in_(OPEN_STATES),
    )


def _end(connection: Connection, taken: Taken, values: Mapping[str, Any]) -> bool:
    done = update(OutboxMessage).where(*_mine(taken)).values(held_until=None, **values)
    return connection.execute(done).rowcount == 1
