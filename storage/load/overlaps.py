"""Use that two sources tell counts once: which of them it is for a tool, a person and a day.

A feed's precedence is its source's: 0 where its use is told by nobody else, as that of import files, whose feeds add
up. Of feeds with a precedence that tell tokens (or requests, or money) of one tool, person and day, the highest counts;
feeds of one precedence add up, as two machines do. What a lower one tells besides (suggestions accepted, say) stays.

Tools by several names tell of one use where `catalogue.gateways` says so, and person, model and day are the same. What
vendors tell of a gateway's own key is told by the gateway, by person: there it counts, but for its money, which the
vendor bills. No fact is changed: the rollup leaves out what is marked here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from storage.catalogue.daily import ELSEWHERE, OF_MONEY, OF_REQUESTS, OF_TOKENS, TOKENS, is_marked
from storage.catalogue.gateways import SAME_CALLS
from storage.records import OF_A_PLAN, CostKind
from storage.tables import Feed, Pricing, Stream, Subject, UsageFact
from storage.tables.declaring import aliased

Days = Select[tuple[date]] | Collection[date]
Keys = Select[tuple[int, bytes]]
FACT = tuple_(UsageFact.feed_id, UsageFact.key)  # PostgreSQL has no index on ids to find one by

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


def weigh(connection: Connection, feed_id: int, precedence: int, vendor_keys: Collection[str]) -> bool:
    """Keep a feed's precedence and the keys under which vendors tell its use; True where one is another now."""
    keys = "\n".join(sorted(vendor_keys))
    other = update(Feed).where(Feed.id == feed_id, or_(Feed.precedence != precedence, Feed.vendor_keys != keys))
    return connection.execute(other.values(precedence=precedence, vendor_keys=keys)).rowcount > 0


def mark_overlaps(connection: Connection, workspace_id: int, days: Days) -> None:
    """Mark what of these days' facts a feed of higher precedence tells."""
    mine = (UsageFact.workspace_id == workspace_id, UsageFact.day.in_(days))
    marked_once = update(UsageFact).where(*mine, is_marked(UsageFact, ELSEWHERE))
    connection.execute(marked_once.values(marks=UsageFact.marks.bitwise_and(~ELSEWHERE)))
    for bit in KINDS:
        # What is lost once makes nothing else lose, so that the order counts.
        of_gateways = _estimated_by_gateways if bit == OF_MONEY else _of_gateways
        for lost in (of_gateways, _lower_ones, _of_other_names):
            new = ~is_marked(UsageFact, bit)
            marked = update(UsageFact).where(*mine, new, FACT.in_(lost(workspace_id, days, bit)))
            connection.execute(marked.values(marks=UsageFact.marks + bit))


def _lower_ones(workspace_id: int, days: Days, bit: int) -> Keys:
    """The facts that tell these columns of a tool, person and day of which a feed of higher precedence tells them."""
    told = _told(workspace_id, days, bit, UsageFact.spell_id.is_not(None))
    highest = (
        select(told.c.day, told.c.spell_id, told.c.tool, func.max(told.c.precedence).label("highest"))
        .group_by(told.c.day, told.c.spell_id, told.c.tool)
        .subquery("highest")
    )
    same = and_(told.c.day == highest.c.day, told.c.spell_id == highest.c.spell_id, told.c.tool == highest.c.tool)
    return select(told.c.feed_id, told.c.key).join(highest, same).where(told.c.precedence < highest.c.highest)


def _of_other_names(workspace_id: int, days: Days, bit: int) -> Keys:
    """The facts of a person, model and day that a higher feed of another source tells under another tool's name.

    What a plan pays is not among them: beside it somebody may call the same model by a key.
    """
    of_a_plan = select(Pricing.id).where(Pricing.service_tier == OF_A_PLAN)
    by_api = or_(UsageFact.pricing_id.is_(None), UsageFact.pricing_id.not_in(of_a_plan))
    told = _told(workspace_id, days, bit, UsageFact.spell_id.is_not(None), Stream.model != "", by_api)
    higher = _told(workspace_id, days, bit, UsageFact.spell_id.is_not(None), Stream.model != "")
    other = _each(higher, "day", "spell_id", "model", "own_tool", "source_id", "precedence")
    same = and_(
        told.c.day == other.c.day,
        told.c.spell_id == other.c.spell_id,
        told.c.model == other.c.model,
        told.c.source_id != other.c.source_id,
        told.c.precedence < other.c.precedence,
        or_(*(and_(other.c.own_tool == name, told.c.own_tool.in_(told_too)) for name, told_too in SAME_CALLS.items())),
    )
    return select(told.c.feed_id, told.c.key).join(other, same).distinct()


def _of_gateways(workspace_id: int, days: Days, bit: int) -> Keys:
    """What vendors tell of a gateway's own keys, of the days and models that the gateway tells of by person."""
    vendors, gateways = _at_both_ends(workspace_id, days, bit)
    gateways = _each(gateways, "day", "model", "vendor_keys")
    return select(vendors.c.feed_id, vendors.c.key).join(gateways, _of_one_call(vendors, gateways)).distinct()


def _estimated_by_gateways(workspace_id: int, days: Days, bit: int) -> Keys:
    """What gateways estimate of the days and models that vendors bill under the gateways' own keys."""
    vendors, gateways = _at_both_ends(workspace_id, days, bit)
    vendors = _each(vendors, "day", "model", "subject")
    return select(gateways.c.feed_id, gateways.c.key).join(vendors, _of_one_call(vendors, gateways)).distinct()


def _at_both_ends(workspace_id: int, days: Days, bit: int) -> tuple[Any, Any]:
    vendors = _told(workspace_id, days, bit, Feed.vendor_keys == "", Stream.model != "")
    gateways = _told(workspace_id, days, bit, Feed.vendor_keys != "", Stream.model != "")
    return vendors, gateways


def _each(told: Any, *names: str) -> Any:
    """What facts have in common, once each: thousands of calls of a person and day are not met by as many others."""
    return select(*(told.c[name] for name in names)).distinct().subquery()


def _of_one_call(vendors: Any, gateways: Any) -> ColumnElement[bool]:
    newline = literal_column("'\n'", String)
    lines = newline.concat(gateways.c.vendor_keys).concat(newline)
    return and_(
        vendors.c.day == gateways.c.day,
        vendors.c.model == gateways.c.model,
        # LIKE would take the underscores of keys for any letter, and on SQLite "key" for "KEY".
        func.replace(lines, newline.concat(vendors.c.subject).concat(newline), "") != lines,
    )


def _billed_apart(bit: int) -> tuple[ColumnElement[bool], ...]:
    """Money that stands in its vendor's bill is told too: an estimate of the same use would add to the bill."""
    return (UsageFact.cost_kind == CostKind.APART.value,) if bit == OF_MONEY else ()


def _told(workspace_id: int, days: Days, bit: int, *more: ColumnElement[bool]) -> Any:
    """The facts of feeds with a precedence that tell one of these columns, with what they are compared by."""
    canonical = aliased(Stream)
    return (
        select(
            UsageFact.feed_id,
            UsageFact.key,
            UsageFact.day,
            UsageFact.spell_id,
            func.coalesce(canonical.tool, Stream.tool).label("tool"),
            func.coalesce(canonical.model, Stream.model).label("model"),
            Stream.tool.label("own_tool"),
            Subject.name.label("subject"),
            Feed.source_id,
            Feed.precedence,
            Feed.vendor_keys,
        )
        .join_from(UsageFact, Feed, Feed.id == UsageFact.feed_id)
        .join(Stream, Stream.id == UsageFact.stream_id)
        .outerjoin(Subject, Subject.id == UsageFact.subject_id)
        .outerjoin(canonical, canonical.id == Stream.canonical_id)
        .where(
            UsageFact.workspace_id == workspace_id,
            UsageFact.day.in_(days),
            Feed.precedence > 0,
            ~is_marked(UsageFact, bit),
            or_(*(getattr(UsageFact, name).is_not(None) for name in KINDS[bit]), *_billed_apart(bit)),
            *more,
        )
        .subquery()
    )
