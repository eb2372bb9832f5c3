"""What one request of an export costs at list price, where its row holds no price; never a sum of requests.

The price of a sum could be of the wrong tier, since that goes by the size of each request.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.sources import prices
from storage.catalogue.daily import COUNTS
from storage.load.filling import nano, pricing_of
from storage.records import PricingRecord

DAY_MS, MINUTE_MS = 86_400_000, 60_000
REQUESTS = COUNTS.index("requests")


def estimate(
    provider: str, model: str, sums: tuple[int | None, ...], hour: int | None, day: int, at: int | None
) -> tuple[int, tuple[object, ...]] | None:
    """Its cost in nano-dollars and how it was priced; None where it is no single request, or nobody knows its price.

    `sums` are the counts of a row, `hour` its cache writes of an hour, `day` counts from 1970 and `at` milliseconds.
    """
    tokens = [count or 0 for count in sums[:4]]
    if sums[REQUESTS] != 1 or not any(tokens):
        return None
    fresh, cached, written, output = tokens
    on = datetime.fromtimestamp((day if at is None else at // DAY_MS) * DAY_MS // 1000, UTC).date()
    found = prices.list_cost(
        provider,
        model,
        on,
        {},
        input=fresh,
        cached=cached,
        written=written - (hour or 0),
        written_hour=hour or 0,
        output=output,
        size=fresh + cached + written,
        minute=None if at is None else at % DAY_MS // MINUTE_MS,
    )
    paid = nano(found)
    if paid is None:
        return None
    return paid, pricing_of(PricingRecord(rule=prices.table(), price_day=on))
