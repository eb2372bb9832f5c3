"""What is being answered, and until when it is its process's: what one that died has left is taken up by another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, tuple_, update

from storage.engine import insert_or_leave
from storage.keep.digests import aware
from storage.tables import OpenTurn

Key = tuple[int, str]  # workspace, claim


@dataclass(frozen=True, slots=True)
class LeftTurn:
    """A question whose process died: what was said, when it was taken, how many have tried by now."""

    workspace_id: int
    key: str
    turn: Mapping[str, Any]
    taken_at: datetime
    attempts: int


def open_(
    connection: Connection, workspace_id: int, key: str, turn: Mapping[str, Any], now: datetime, hold: timedelta
) -> None:
    """Note that it is being answered; belongs into the transaction of its claim."""
    row = {"workspace_id": workspace_id, "key": key, "turn": dict(turn), "attempts": 1}
    connection.execute(insert_or_leave(connection, OpenTurn).values(**row, taken_at=now, held_until=now + hold))


def hold(connection: Connection, keys: Collection[Key], until: datetime) -> None:
    """Say until when the caller goes on with these; a time that is over gives them to whoever comes next."""
    connection.execute(update(OpenTurn).where(_among(keys)).values(held_until=until))


def later(connection: Connection, workspace_id: int, key: str, until: datetime) -> None:
    """Give it back for a later time; that it was tried does not count, as nobody died of it."""
    own = (OpenTurn.workspace_id == workspace_id, OpenTurn.key == key)
    connection.execute(update(OpenTurn).where(*own).values(held_until=until, attempts=0))


def close(connection: Connection, workspace_id: int, key: str) -> None:
    """It is answered."""
    connection.execute(delete(OpenTurn).where(OpenTurn.workspace_id == workspace_id, OpenTurn.key == key))


def any_left(connection: Connection, now: datetime) -> bool:
    """Whether there is one whose time is over."""
    return connection.scalar(select(OpenTurn.id).where(OpenTurn.held_until <= now).limit(1)) is not None


def count(connection: Connection) -> int:
    """How many are being answered, by whomever."""
    return connection.scalar(select(func.count()).select_from(OpenTurn)) or 0


def take_left(connection: Connection, now: datetime, hold: timedelta, most: int) -> list[LeftTurn]:
    """At most so many whose time is over, for the caller alone from now on."""
    rows = connection.execute(
        select(OpenTurn.__table__)
        .where(OpenTurn.held_until <= now)
        .order_by(OpenTurn.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    if rows:
        mine = update(OpenTurn).where(OpenTurn.id.in_([row.id for row in rows]))
        connection.execute(mine.values(held_until=now + hold, attempts=OpenTurn.attempts + 1))
    return [LeftTurn(row.workspace_id, row.key, row.turn, aware(row.taken_at), row.attempts + 1) for row in rows]


def _among(keys: Collection[Key]) -> Any:
    return tuple_(OpenTurn.workspace_id, OpenTurn.key).in_([*keys])
