"""The coarser rollups of usage: sums of the daily one and who was active, made again for whole days with it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Connection, cast, delete, func, insert, literal, select

from storage.catalogue.daily import SUMS
from storage.load.active_days import mark_active
from storage.tables import Spell, Stream, UsageByRole, UsageByStream, UsageByTeam, UsageDaily

KEYS = ("day", "currency", "cost_kind")


def summarise(connection: Connection, workspace_id: int, days: Any, above: int | None = None) -> None:
    """Make the coarser rollups of these days from the daily one; `days` is what IN takes: a SELECT or a few days.

    With `above` they are made of the rows with ids above it alone, beside what is there.
    """
    u, who, what = UsageDaily, Spell, Stream
    newer = () if above is None else (u.id > above,)
    for summary, keys in (
        (UsageByStream, (u.stream_id, who.kind)),
        (UsageByTeam, (who.team_id, who.kind, what.tool, what.mode, what.ledger)),
        (UsageByRole, (who.title, who.location, who.kind, what.tool, what.mode, what.ledger)),
    ):
        if above is None:
            connection.execute(delete(summary).where(summary.workspace_id == workspace_id, summary.day.in_(days)))
        grouped: list[Any] = [*(getattr(u, name) for name in KEYS), *keys]
        sums = {name: cast(func.sum(getattr(u, name)), BigInteger) for name in SUMS}
        rows = (
            select(literal(workspace_id), *grouped, *sums.values())
            .select_from(u)
            .join(Stream, Stream.id == u.stream_id)
            .outerjoin(Spell, Spell.id == u.spell_id)
            .where(u.workspace_id == workspace_id, u.day.in_(days), *newer)
            .group_by(*grouped)
        )
        names = ["workspace_id", *(column.key for column in grouped), *sums]
        connection.execute(insert(summary).from_select(names, rows, include_defaults=False))
    if above is None:
        mark_active(connection, workspace_id, days)


def days_of_spells(connection: Connection, workspace_id: int, spells: Collection[int]) -> set[date]:
    """The days with use in these spells, a few hundred of them."""
    u = UsageDaily
    first, last = connection.execute(
        select(func.min(Spell.start_day), func.max(Spell.end_day)).where(Spell.id.in_(spells))
    ).one()
    mine = u.workspace_id == workspace_id, u.day.between(first, last), u.spell_id.in_(spells)
    return set(connection.scalars(select(u.day).where(*mine).distinct()))
