"""Rates of exchange by day: the whole truth of their file, and beside it what a source has of a bank."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from storage.load.filling import nano
from storage.load.locking import lock_revision
from storage.load.organisation import Replaced, compared
from storage.records import RateRecord
from storage.tables import RATES_FILE, Rate
from storage.workspaces import bump_revision

Key = tuple[str, date]


def save_rates(connection: Connection, workspace_id: int, rates: Sequence[RateRecord]) -> Replaced:
    """Make these the rates of the file; of two of one day and currency the later row counts."""
    lock_revision(connection, workspace_id)
    return _save(connection, workspace_id, RATES_FILE, _by_key(rates), whole=True)


def add_rates(connection: Connection, workspace_id: int, source: str, rates: Iterable[RateRecord]) -> Replaced:
    """Bring what a source tells beside what it told before; a day that it no longer tells stays."""
    lock_revision(connection, workspace_id)
    return _save(connection, workspace_id, source, _by_key(rates), whole=False)


def rates_held(connection: Connection, workspace_id: int, source: str) -> tuple[int, date | None]:
    """How many rates there are of a source, and of which day the newest is."""
    mine = (Rate.workspace_id == workspace_id, Rate.origin == source)
    count = connection.scalar(select(func.count()).select_from(Rate).where(*mine)) or 0
    return count, connection.scalar(select(func.max(Rate.day)).where(*mine))


def _by_key(rates: Iterable[RateRecord]) -> dict[Key, int]:
    return {(rate.currency, rate.day): nano(rate.usd) or 0 for rate in rates}


def _save(
    connection: Connection, workspace_id: int, origin: str, wanted: Mapping[Key, int], *, whole: bool
) -> Replaced:
    rows = select(Rate.id, Rate.currency, Rate.day, Rate.usd_nano).where(
        Rate.workspace_id == workspace_id, Rate.origin == origin
    )
    held = {(currency, day): (id_, usd) for id_, currency, day, usd in connection.execute(rows)}
    told = {key: usd for key, (_, usd) in held.items() if whole or key in wanted}
    result = compared(told.items(), wanted.items())
    if result.differs:
        _drop(connection, [held[key][0] for key, usd in told.items() if wanted.get(key) != usd])
        fresh = [
            {"workspace_id": workspace_id, "currency": currency, "day": day, "usd_nano": usd, "origin": origin}
            for (currency, day), usd in sorted(wanted.items())
            if told.get((currency, day)) != usd
        ]
        if fresh:
            connection.execute(insert(Rate), fresh)
        bump_revision(connection, workspace_id)
    return result


def _drop(connection: Connection, ids: Collection[int]) -> None:
    if ids:
        connection.execute(delete(Rate).where(Rate.id == bindparam("gone")), [{"gone": id_} for id_ in ids])
