"""What the daily rollup sums up of a usage fact, so that a rollup and facts shaped like it say the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal_column, null, or_, type_coerce

from storage.records import CostKind
from storage.tables import NUMBER_OF_KIND, Pricing, UsageByStream, UsageFact
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
ELSEWHERE = OF_TOKENS | OF_REQUESTS | OF_MONEY
# The counts that are null in a fact where they are 0, each with the bit that tells this from what is not reported.
ZERO = {"reasoning_tokens": 8, "suggested": 16, "accepted": 32}
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
MONEY = ("cost_nano",)  # left out it is 0: null would say that a price is lacking


def currency() -> ColumnElement[str]:
    """The currency of a fact joined with its pricing; US dollars where that says nothing."""
    return func.coalesce(Pricing.currency, "USD")


def name_of_kind(kind: Any) -> ColumnElement[Any]:
    """The kind of a fact's cost in a word, as rollups have it."""
    return case({number: word for word, number in NUMBER_OF_KIND.items()}, value=type_coerce(kind, Integer))


def count_of(f: Any, name: str) -> ColumnElement[Any]:
    """A column of a fact as its source reports it."""
    column: ColumnElement[Any] = getattr(f, name)
    return case((is_marked(f, ZERO[name]), 0), else_=column) if name in ZERO else column


def is_marked(f: Any, bits: int) -> ColumnElement[bool]:
    """Whether a fact has one of these marks."""
    # Written out, since PostgreSQL takes two bound numbers in SELECT and GROUP BY for different ones.
    marked: ColumnElement[bool] = f.marks.bitwise_and(literal_column(str(bits))) != literal_column("0")
    return marked


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
        "unpriced_tokens": func.coalesce(f.unpriced_tokens, 0),
    }


class Counted:
    """A usage fact without what another feed tells of it; its columns as expressions."""

    def __getattr__(self, name: str) -> Any:
        column, bit = count_of(UsageFact, name), LEFT_OUT.get(name)
        return column if bit is None else case((is_marked(UsageFact, bit), 0 if name in MONEY else None), else_=column)

    @property
    def kind(self) -> ColumnElement[Any]:
        """The kind of its cost, none where its money is told elsewhere."""
        return case((is_marked(UsageFact, OF_MONEY), null()), else_=UsageFact.cost_kind).label("cost_kind")

    def daily_sums(self) -> dict[str, ColumnElement[Any]]:
        """What the rollup sums up of it: what is told elsewhere is not unknown."""
        sums = daily_sums(self)
        for name, bit in (("tokenless_facts", OF_TOKENS), ("uncounted_facts", OF_REQUESTS)):
            sums[name] = case((is_marked(UsageFact, bit), 0), else_=sums[name])
        return sums


def tokens_of(u: Any) -> ColumnElement[Any]:
    """All tokens that a row reports."""
    first, *others = (func.coalesce(getattr(u, name), 0) for name in TOKENS)
    return sum(others, start=first)


def _one(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return case((condition, 1), else_=0)
