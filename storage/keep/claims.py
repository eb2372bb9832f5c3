"""Once-only work, whoever comes first: an event that Slack sends twice, a digest that two processes would send."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete

from storage.engine import insert_or_leave
from storage.tables import Claim


def claim(connection: Connection, workspace_id: int, key: str, now: datetime) -> bool:
    """Whether the caller is the first with this key and so does the work.

    The claim counts from the commit on; a caller that rolls back gives it up.
    """
    values = {"workspace_id": workspace_id, "key": key, "claimed_at": now}
    made = connection.execute(insert_or_leave(connection, Claim).values(values).returning(Claim.id))
    return made.first() is not None


def forget(connection: Connection, before: datetime) -> int:
    """Drop the claims that nobody will repeat any more; gives how many."""
    return connection.execute(delete(Claim).where(Claim.claimed_at < before)).rowcount
