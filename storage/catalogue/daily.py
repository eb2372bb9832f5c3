"""What the daily rollup sums up of a usage fact, so that a rollup and facts shaped like it say the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, null, or_

from storage.records import CostKind
from storage.tables import Pricing, UsageByStream, UsageFact
from storage.tables.usage import UsageSums

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
OF_TOKENS, OF_REQUESTS, OF_MONEY = 1, 2, 4  # what of a fact a feed of higher precedence tells, as bits
LEFT_OUT = {
    **dict.fromkeys((*TOKENS, "reasoning_tokens"), OF_TOKENS),
    "requests": OF_REQUESTS,
    **dict.fromkeys(("cost_nano", "list_nano", "unpriced_tokens"), OF_MONEY),
}
# What every rollup sums up, beside what its rows are of.
SUMS = tuple(
    column.name
    for column in UsageByStream.__table__.columns
    if hasattr(UsageSums, column.name) and column.name not in ("day", "currency", "cost_kind")
)
MONEY = ("cost_nano", "unpriced_tokens")  # left out they are 0: null would say that a price is lacking


def currency() -> ColumnElement[str]:
    """The currency of a fact joined with its pricing; US dollars where that says nothing."""
    return func.coalesce(Pricing.currency, "USD")


def daily_sums(f: Any) -> dict[str, ColumnElement[Any]]:
    """What the rollup sums up of a fact, beside its counts."""
    no_money_back = or_(f.cost_kind.is_(None), f.cost_kind != CostKind.CREDIT.value)
    # A row whose source counts no requests says that somebody was active; money that comes back does not.
    active = or_(f.requests > 0, and_(f.requests.is_(None), no_money_back))
    # Decisions on suggestions whose source tells what was used in rows of their own: these say that it was nothing.
    beside = and_(f.requests == 0, f.cost_nano == 0, f.cost_kind == ESTIMATED)
    used = or_(active, and_(f.suggested > 0, func.coalesce(beside, False).is_(False)))
    not_apart = or_(f.cost_kind.is_(None), f.cost_kind != CostKind.APART.value)
    return {
        # What a seat covers costs nothing, even where its source puts a price on it.
        "cost_nano": case((f.cost_kind == CostKind.COVERED.value, 0), else_=func.coalesce(f.cost_nano, 0)),
        "active_facts": _one(active),
        "tokenless_facts": _one(and_(used, tokens_of(f) == 0)),
        "uncounted_facts": _one(and_(f.requests.is_(None), no_money_back)),
        "unpriced_facts": _one(or_(f.unpriced_tokens > 0, and_(f.cost_nano.is_(None), not_apart))),
        "unpriced_tokens": f.unpriced_tokens,
    }


class Counted:
    """A usage fact without what another feed tells of it; its columns as expressions."""

    def __getattr__(self, name: str) -> Any:
        column, bit = getattr(UsageFact, name), LEFT_OUT.get(name)
        return column if bit is None else case((_told_elsewhere(bit), 0 if name in MONEY else None), else_=column)

    @property
    def kind(self) -> ColumnElement[Any]:
        """The kind of its cost, none where its money is told elsewhere."""
        # Written out, since PostgreSQL takes two bound numbers in SELECT and GROUP BY for different ones.
        elsewhere = UsageFact.overlapped.bitwise_and(literal_column(str(OF_MONEY))) != literal_column("0")
        return case((elsewhere, null()), else_=UsageFact.cost_kind).label("cost_kind")

    def daily_sums(self) -> dict[str, ColumnElement[Any]]:
        """What the rollup sums up of it: what is told elsewhere is not unknown."""
        sums = daily_sums(self)
        for name, bit in (("tokenless_facts", OF_TOKENS), ("uncounted_facts", OF_REQUESTS)):
            sums[name] = case((_told_elsewhere(bit), 0), else_=sums[name])
        return sums


def tokens_of(u: Any) -> ColumnElement[Any]:
    """All tokens that a row reports."""
    first, *others = (func.coalesce(getattr(u, name), 0) for name in TOKENS)
    return sum(others, start=first)


def _told_elsewhere(bit: int) -> ColumnElement[bool]:
    return UsageFact.overlapped.bitwise_and(bit) != 0


def _one(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return case((condition, 1), else_=0)
