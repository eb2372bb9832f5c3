"""Rates of exchange by day: the whole truth of their file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from storage.load.filling import nano
from storage.load.organisation import Replaced, compared
from storage.records import RateRecord
from storage.tables import Rate
from storage.workspaces import bump_revision, lock_revision


def save_rates(connection: Connection, workspace_id: int, rates: Sequence[RateRecord]) -> Replaced:
    """Make these the rates; of two of one day and currency the later row counts."""
    lock_revision(connection, workspace_id)
    mine = Rate.workspace_id == workspace_id
    rows = connection.execute(select(Rate.currency, Rate.day, Rate.usd_nano).where(mine))
    held = {(currency, day): usd for currency, day, usd in rows}
    wanted = {(rate.currency, rate.day): nano(rate.usd) for rate in rates}
    result = compared(held.items(), wanted.items())
    if result.differs:
        connection.execute(delete(Rate).where(mine))
        fresh = [
            {"workspace_id": workspace_id, "currency": currency, "day": day, "usd_nano": usd}
            for (currency, day), usd in sorted(wanted.items())
        ]
        if fresh:
            connection.execute(insert(Rate), fresh)
        bump_revision(connection, workspace_id)
    return result
