"""What is recorded of money: the currencies that facts are priced in, and what each was worth when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import Connection, case, func, select

from storage.tables import RATES_FILE, Pricing, Rate

RATES_BEFORE = timedelta(days=14)  # banks have holidays, and the first use may be on one


def currencies_in_use(connection: Connection, workspace_id: int) -> tuple[str, ...]:
    """The currencies that facts are priced in, dollars aside."""
    found = select(Pricing.currency).where(Pricing.workspace_id == workspace_id, Pricing.currency != "USD").distinct()
    return tuple(sorted(connection.scalars(found)))


def has_class_prices(connection: Connection, workspace_id: int) -> bool:
    """Whether any fact carries list prices by class of token."""
    prices = (Pricing.price_input, Pricing.price_cached, Pricing.price_cache_write, Pricing.price_output)
    known = select(Pricing.id).where(Pricing.workspace_id == workspace_id, func.coalesce(*prices).is_not(None))
    return connection.scalar(known.limit(1)) is not None


def rates_by_day(
    connection: Connection, workspace_id: int, usage: tuple[date, date] | None
) -> dict[str, tuple[tuple[date, int], ...]]:
    """What a unit of each currency was worth, in nano-dollars: what files say, and for days of which they say nothing
    a bank, as far back as there is use.

    A bank's history is long, and what it stopped to tell years ago is no rate of today.
    """
    found: dict[str, dict[date, int]] = defaultdict(dict)
    rows = select(Rate.currency, Rate.day, Rate.usd_nano).where(Rate.workspace_id == workspace_id)
    if usage is not None:
        rows = rows.where((Rate.origin == RATES_FILE) | (Rate.day >= usage[0] - RATES_BEFORE))
    of_files_last = case((Rate.origin == RATES_FILE, 1), else_=0)
    for currency, day, usd in connection.execute(rows.order_by(Rate.currency, Rate.day, of_files_last)):
        found[currency][day] = usd
    return {currency: tuple(rates.items()) for currency, rates in found.items()}
