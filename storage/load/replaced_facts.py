"""How long what loads replaced is kept: so long they can be taken back, and no longer does the store grow by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from storage.tables import Load

KEPT = timedelta(days=90)


def drop_old_past(connection: Connection, workspace_id: int, before: Any, now: datetime) -> int:
    """Delete from a table of past facts what older loads than that replaced; gives how many rows."""
    old = select(Load.id).where(Load.workspace_id == workspace_id, Load.finished_at < now - KEPT)
    return connection.execute(delete(before).where(before.replaced_by.in_(old))).rowcount


def is_past(finished_at: datetime, now: datetime) -> bool:
    """Whether a load is too old to be taken back."""
    told = finished_at if finished_at.tzinfo else finished_at.replace(tzinfo=UTC)  # SQLite keeps no zone
    return told < now - KEPT
