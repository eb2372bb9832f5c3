"""Writes the prices of models that most session logs name, so that a run need not load all of genai-prices for them.

python -m tests.bot.sources.list_prices
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import json

from bot.sources import prices
from bot.sources.prices import KNOWN, KnownPrices, looked_up, name_of, table

CLAUDE = (
    "claude-3-5-haiku-20241022",
    "claude-3-7-sonnet-20250219",
    "claude-haiku-4-5",
    "claude-haiku-4-5-20251001",
    "claude-opus-4-1",
    "claude-opus-4-1-20250805",
    "claude-opus-4-20250514",
    "claude-opus-4-5",
    "claude-opus-4-5-20251101",
    "claude-opus-4-6",
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-sonnet-4-20250514",
    "claude-sonnet-4-5",
    "claude-sonnet-4-5-20250929",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "claude-opus-5",
)
GPT = (
    "codex-mini-latest",
    "gpt-5",
    "gpt-5-codex",
    "gpt-5-mini",
    "gpt-5.1",
    "gpt-5.1-codex",
    "gpt-5.1-codex-max",
    "gpt-5.1-codex-mini",
    "gpt-5.2",
    "gpt-5.2-codex",
    "gpt-5.3-codex",
    "gpt-5.4",
    "gpt-5.4-mini",
    "gpt-5.5",
    "o3",
    "o4-mini",
)
GEMINI = (
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3-pro-preview",
    "gemini-3.1-pro-preview",
)
TERMS: tuple[dict[str, str], ...] = ({}, {"speed": "fast"}, {"processing": "batch"})


def known() -> KnownPrices:
    """Those of these models that have a price."""
    found = {}
    for provider, model, terms in _models():
        rates = looked_up(provider, model, terms)
        if rates is not prices.UNKNOWN:
            found[name_of(provider, model, terms)] = list(rates)
    return KnownPrices(table(), found)


def _models() -> Iterator[tuple[str, str, dict[str, str]]]:
    for model in CLAUDE:
        yield from (("anthropic", model, terms) for terms in TERMS)
    yield from (("openai", model, {}) for model in GPT)
    yield from (("google", model, {}) for model in GEMINI)


if __name__ == "__main__":
    written = json.format(json.encode(known()), indent=0)
    KNOWN.write_bytes(written.replace(b"],", b"],\n").replace(b"[[", b"[\n[") + b"\n")
