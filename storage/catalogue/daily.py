"""What the daily rollup sums up of a usage fact, so that a rollup and facts shaped like it say the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_

from storage.records import CostKind
from storage.tables import Pricing

COUNTS = (
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "requests",
    "suggested",
    "accepted",
)
TOKENS = COUNTS[:4]  # the disjoint ones
ESTIMATED = CostKind.ESTIMATED.value


def currency() -> ColumnElement[str]:
    """The currency of a fact joined with its pricing; US dollars where that says nothing."""
    return func.coalesce(Pricing.currency, "USD")


def daily_sums(f: Any) -> dict[str, ColumnElement[Any]]:
    """What the rollup sums up of a fact, beside its counts."""
    no_money_back = or_(f.cost_kind.is_(None), f.cost_kind != CostKind.CREDIT.value)
    # A row whose source counts no requests says that somebody was active; money that comes back does not.
    active = or_(f.requests > 0, and_(f.requests.is_(None), no_money_back))
    # Decisions on suggestions whose source tells what was used in rows of their own: these say that it was nothing.
    beside = and_(
        f.requests == 0, f.input_tokens == 0, f.output_tokens == 0, f.cost_kind.is_not_distinct_from(ESTIMATED)
    )
    used = or_(active, and_(f.suggested > 0, func.coalesce(beside, False).is_(False)))
    return {
        # What a seat covers costs nothing, even where its source puts a price on it.
        "cost_nano": case((f.cost_kind == CostKind.COVERED.value, 0), else_=func.coalesce(f.cost_nano, 0)),
        "active_facts": _one(active),
        "tokenless_facts": _one(and_(used, tokens_of(f) == 0)),
        "uncounted_facts": _one(and_(f.requests.is_(None), no_money_back)),
        "unpriced_facts": _one(or_(f.cost_nano.is_(None), f.unpriced_tokens > 0)),
        "unpriced_tokens": f.unpriced_tokens,
    }


def tokens_of(u: Any) -> ColumnElement[Any]:
    """All tokens that a row reports."""
    first, *others = (func.coalesce(getattr(u, name), 0) for name in TOKENS)
    return sum(others, start=first)


def _one(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return case((condition, 1), else_=0)
