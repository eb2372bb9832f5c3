"""Use that two sources tell counts once: which of them it is for a tool, a person and a day.

A feed's precedence is its source's: 0 where its use is told by nobody else, as that of import files, whose feeds add
up. Of feeds with a precedence that tell tokens (or requests, or money) of one tool, person and day, the highest counts;
feeds of one precedence add up, as two machines do. What a lower one tells besides (suggestions accepted, say) stays.
No fact is changed: the rollup leaves out what is marked here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update
from sqlalchemy.orm import aliased

from storage.catalogue.daily import OF_MONEY, OF_REQUESTS, OF_TOKENS, TOKENS
from storage.records import CostKind
from storage.tables import Feed, Stream, UsageFact

Days = Select[tuple[date]] | Collection[date]

KINDS: Mapping[int, tuple[str, ...]] = {
    OF_TOKENS: TOKENS,
    OF_REQUESTS: ("requests",),
    OF_MONEY: ("cost_nano",),
}


def may_overlap(connection: Connection, workspace_id: int) -> bool:
    """Whether feeds of different precedence are there at all; where not, nothing is to be marked."""
    weights = select(func.count(Feed.precedence.distinct())).where(
        Feed.workspace_id == workspace_id, Feed.precedence > 0
    )
    return (connection.scalar(weights) or 0) > 1


def mark_overlaps(connection: Connection, workspace_id: int, days: Days) -> None:
    """Mark what of these days' facts a feed of higher precedence tells."""
    mine = (UsageFact.workspace_id == workspace_id, UsageFact.day.in_(days))
    connection.execute(update(UsageFact).where(*mine, UsageFact.overlapped != 0).values(overlapped=0))
    for bit, columns in KINDS.items():
        lost = _lower_ones(workspace_id, days, columns)
        marked = update(UsageFact).where(UsageFact.workspace_id == workspace_id, UsageFact.id.in_(lost))
        connection.execute(marked.values(overlapped=UsageFact.overlapped + bit))


def _lower_ones(workspace_id: int, days: Days, columns: tuple[str, ...]) -> Select[tuple[int]]:
    """The facts that tell these columns of a tool, person and day of which a feed of higher precedence tells them."""
    told = _told(workspace_id, days, columns)
    highest = (
        select(told.c.day, told.c.spell_id, told.c.tool, func.max(told.c.precedence).label("highest"))
        .group_by(told.c.day, told.c.spell_id, told.c.tool)
        .subquery("highest")
    )
    same = and_(told.c.day == highest.c.day, told.c.spell_id == highest.c.spell_id, told.c.tool == highest.c.tool)
    return select(told.c.id).join(highest, same).where(told.c.precedence < highest.c.highest)


def _billed_apart(columns: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    """Money that stands in its vendor's bill is told too: an estimate of the same use would add to the bill."""
    return (UsageFact.cost_kind == CostKind.APART.value,) if columns == KINDS[OF_MONEY] else ()


def _told(workspace_id: int, days: Days, columns: tuple[str, ...]) -> Any:
    canonical = aliased(Stream)
    return (
        select(
            UsageFact.id,
            UsageFact.day,
            UsageFact.spell_id,
            func.coalesce(canonical.tool, Stream.tool).label("tool"),
            Feed.precedence,
        )
        .join_from(UsageFact, Feed, Feed.id == UsageFact.feed_id)
        .join(Stream, Stream.id == UsageFact.stream_id)
        .outerjoin(canonical, canonical.id == Stream.canonical_id)
        .where(
            UsageFact.workspace_id == workspace_id,
            UsageFact.day.in_(days),
            UsageFact.spell_id.is_not(None),
            Feed.precedence > 0,
            or_(*(getattr(UsageFact, name).is_not(None) for name in columns), *_billed_apart(columns)),
        )
        .subquery("told")
    )
