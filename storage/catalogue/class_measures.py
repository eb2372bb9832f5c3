"""The columns of money by class of token, which only facts have: their tokens at the list prices of their pricing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_

from storage.records import CostKind
from storage.tables import Pricing, UsageFact

PRICED_FOR = 1_000_000  # tokens that a price is of
SAVED = "cache_saved_cost_nano"
CLASSES = {
    "input_cost_nano": ("input_tokens", Pricing.price_input),
    "cached_cost_nano": ("cached_input_tokens", Pricing.price_cached),
    "cache_write_cost_nano": ("cache_write_tokens", Pricing.price_cache_write),
    "output_cost_nano": ("output_tokens", Pricing.price_output),
}
CLASS_MONEY = (*CLASSES, SAVED)
LACKING = {name: name.replace("_cost_nano", "_without_price") for name in CLASS_MONEY}  # tokens left out of each
CLASS_MEASURES = frozenset((*CLASS_MONEY, *LACKING.values()))


def class_columns(fact: Any) -> dict[str, ColumnElement[Any]]:
    """What a fact's tokens cost by class in nano-units of its currency, and how many tokens have no price for it.

    `fact` has the counts of tokens; its pricing is joined. A fact that lacks the price of tokens that it has is null.
    """
    covered = UsageFact.cost_kind == CostKind.COVERED.value
    money: dict[str, ColumnElement[Any]] = {}
    lacking: dict[str, ColumnElement[Any]] = {}
    for name, (column, price) in CLASSES.items():
        tokens = getattr(fact, column)
        money[name] = case((or_(tokens == 0, and_(covered, tokens > 0)), 0), else_=_at(tokens, price))
        lacking[LACKING[name]] = case((and_(price.is_(None), _not(covered)), func.coalesce(tokens, 0)), else_=0)
    read, written = (func.coalesce(getattr(fact, name), 0) for name in ("cached_input_tokens", "cache_write_tokens"))
    own = _known(read, Pricing.price_cached) + _known(written, Pricing.price_cache_write)
    cached = read + written
    unknown = and_(cached > 0, _not(covered), or_(Pricing.price_input.is_(None), own.is_(None)))
    money[SAVED] = case((or_(cached == 0, covered), 0), else_=_at(cached, Pricing.price_input) - own)
    lacking[LACKING[SAVED]] = case((unknown, cached), else_=0)
    return money | lacking


def class_sums(u: Any) -> dict[str, ColumnElement[Any]]:
    """The sums of these columns; nothing where the rows have none."""
    return {name: func.sum(getattr(u, name)) for name in sorted(CLASS_MEASURES) if hasattr(u, name)}


def _at(tokens: Any, price: Any) -> ColumnElement[Any]:
    """Tokens at a price, to the nearest whole unit; in two parts, since the product may not fit a whole number."""
    rest = (tokens % PRICED_FOR) * price + PRICED_FOR // 2
    found: ColumnElement[Any] = (tokens // PRICED_FOR) * price + rest // PRICED_FOR
    return found


def _known(tokens: Any, price: Any) -> ColumnElement[Any]:
    return case((tokens == 0, 0), else_=_at(tokens, price))


def _not(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return func.coalesce(condition, False).is_(False)
