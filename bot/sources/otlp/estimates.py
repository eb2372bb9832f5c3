"""What use costs at list price where its client tells no cost: a call at its own size, a sum as the smallest calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.sources import prices
from bot.sources.otlp.observations import Use
from storage.records import OF_A_PLAN, PricingRecord

TELLS_COST = frozenset({"claude_code"})  # by a metric of its own, which may come later than the tokens
# Who sells a model, as the conventions name it and as the price table does.
SELLERS = {
    "gcp.gemini": "google",
    "gcp.gen_ai": "google",
    "gcp.vertex_ai": "google",
    "azure.ai.openai": "azure",
    "azure.ai.inference": "azure",
    "az.ai.openai": "azure",
    "az.ai.inference": "azure",
    "aws.bedrock": "aws",
    "x_ai": "x-ai",
    "xai": "x-ai",
    "mistral_ai": "mistral",
}
TERMS: Mapping[str, Mapping[str, str]] = {
    "": {},
    OF_A_PLAN: {},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
    "fast": {"speed": "fast"},
    "batch": {"processing": "batch"},
}

Split = tuple[int | None, int | None, int | None, int | None]  # fresh, cached, written, output


def list_cost(use: Use, day: date, split: Split, one_call: bool) -> Decimal | None:
    """Dollars, by the prices of a UTC day; None where nobody knows the price, or the tokens."""
    fresh, cached, written, output = split
    terms = TERMS.get(use.tier)
    if fresh is None or terms is None or not use.model or use.tool in TELLS_COST:
        return None
    prompt = fresh + (cached or 0) + (written or 0)
    seller = SELLERS.get(use.provider.lower(), use.provider.lower())
    if output is None and "price_output" in prices.class_prices(seller, use.model, day):
        return None
    used = {"input": fresh, "cached": cached or 0, "written": written or 0, "output": output or 0}
    return prices.list_cost(seller, use.model, day, terms, **used, size=prompt if one_call else 0)


@lru_cache(4096)
def pricing(provider: str, model: str, tier: str, day: date, size: int = 0) -> PricingRecord:
    """What is kept of how it was priced, of a call of that size, or (0) of a sum of calls."""
    seller, terms = SELLERS.get(provider.lower(), provider.lower()), tuple(sorted(TERMS.get(tier, {}).items()))
    by_class = prices.class_prices(seller, model, day, terms, size)
    return PricingRecord(service_tier=tier, rule=prices.table(), price_day=day, **by_class)
