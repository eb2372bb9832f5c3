"""What sound and pictures in a call cost beyond text: their tokens lie inside input and output, at prices of their own.

Folded into text first, sound that goes in would be priced at a tenth of its list price, and a picture at an eighth.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from bot.sources.prices import model_of
from bot.sources.values import count

# Tokens as genai-prices counts them, each with those that it lies in.
WITHIN = {
    "input_audio_tokens": ("input_tokens",),
    "input_image_tokens": ("input_tokens",),
    "cache_audio_read_tokens": ("input_audio_tokens", "cache_read_tokens"),
    "cache_image_read_tokens": ("input_image_tokens", "cache_read_tokens"),
    "output_audio_tokens": ("output_tokens",),
    "output_image_tokens": ("output_tokens",),
}


def other_than_text(row: Mapping[str, Any]) -> dict[str, int]:
    """The tokens of sound and pictures in a row of OpenAI's usage, by the names of WITHIN; it tells those read from a
    cache beside those that went in."""
    found = {}
    for kind in ("audio", "image"):
        cached = count(row, f"input_cached_{kind}_tokens") or 0
        found[f"cache_{kind}_read_tokens"] = cached
        found[f"input_{kind}_tokens"] = (count(row, f"input_{kind}_tokens") or 0) + cached
        found[f"output_{kind}_tokens"] = count(row, f"output_{kind}_tokens") or 0
    return {name: tokens for name, tokens in found.items() if tokens}


def beyond_text(
    provider: str,
    model: str,
    day: date,
    terms: Mapping[str, str],
    tokens: Mapping[str, int],
    other: Mapping[str, int],
) -> Decimal:
    """Dollars at list price that `other` tokens, by the names of WITHIN, cost more than as text.

    `tokens` are those of all kinds: `input_tokens` with what was cached and written, `output_tokens`, and
    `cache_read_tokens` of them. Nothing where nobody knows other prices, or where the counts do not fit together.
    """
    from genai_prices import Usage  # loads half a second, for calls that few make

    found = model_of(provider, model)
    if found is None or not _fits({**tokens, **other}):
        return Decimal()
    price = found.get_prices(datetime.combine(day, time(), UTC), dict(terms))
    whole, text = (price.calc_price(Usage(**counts))["total_price"] for counts in ({**tokens, **other}, tokens))
    return whole - text


def _fits(counts: Mapping[str, int]) -> bool:
    return all(counts.get(name, 0) <= counts.get(holder, 0) for name, holders in WITHIN.items() for holder in holders)
