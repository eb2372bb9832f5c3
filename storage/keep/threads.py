"""What a conversation is about: kept by the key of its thread, so that a restart forgets nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from storage.engine import insert_or_leave
from storage.tables import ThreadState


def load(connection: Connection, workspace_id: int, key: str) -> dict[str, Any] | None:
    """What was last asked in this thread, as it was saved; None where nothing was."""
    return connection.scalar(select(ThreadState.context).where(*_of(workspace_id, key)))


def save(connection: Connection, workspace_id: int, key: str, context: dict[str, Any], now: datetime) -> None:
    """Keep what the thread is about now."""
    changed = connection.execute(
        update(ThreadState).where(*_of(workspace_id, key)).values(context=context, changed_at=now)
    )
    if changed.rowcount == 0:
        values = {"workspace_id": workspace_id, "key": key, "context": context, "changed_at": now}
        connection.execute(insert_or_leave(connection, ThreadState).values(values))


def known(connection: Connection, workspace_id: int, key: str) -> bool:
    """Whether somebody asked in this thread before."""
    return connection.scalar(select(exists().where(*_of(workspace_id, key)))) is True


def touch(connection: Connection, workspace_id: int, key: str, now: datetime) -> None:
    """Note that something happened in this thread, whatever it is about."""
    changed = connection.execute(update(ThreadState).where(*_of(workspace_id, key)).values(changed_at=now))
    if changed.rowcount == 0:
        values = {"workspace_id": workspace_id, "key": key, "context": {}, "changed_at": now}
        connection.execute(insert_or_leave(connection, ThreadState).values(values))


def forget(connection: Connection, before: datetime) -> int:
    """Drop the threads in which nobody asked since; gives how many."""
    return connection.execute(delete(ThreadState).where(ThreadState.changed_at < before)).rowcount


def _of(workspace_id: int, key: str) -> tuple[Any, Any]:
    return ThreadState.workspace_id == workspace_id, ThreadState.key == key
