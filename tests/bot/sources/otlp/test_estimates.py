"""Use without a cost of its own is priced by the list: a call at its own size, a sum as of the smallest calls."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace as changed

from bot.sources.otlp.estimates import Split, list_cost, pricing
from bot.sources.otlp.observations import Use

DAY = date(2026, 11, 6)
SONNET = Use("agent", "anthropic", "claude-sonnet-4-5")
MILLION: Split = (1_000_000, 0, 0, 0)


def cost(use: Use, split: Split, one_call: bool = True) -> Decimal | None:
    return list_cost(use, DAY, split, one_call)


def test_each_class_has_its_price() -> None:
    assert cost(SONNET, (1000, 2000, 4000, 100)) == Decimal("0.003") + Decimal("0.0006") + Decimal("0.015") + Decimal(
        "0.0015"
    )
    assert cost(SONNET, (1000, None, None, 100)) == Decimal("0.0045")


def test_a_large_call_costs_what_large_calls_cost_and_a_sum_does_not() -> None:
    assert cost(SONNET, MILLION) == 6
    assert cost(SONNET, MILLION, one_call=False) == 3


@pytest.mark.parametrize(
    ("provider", "model"),
    [("gcp.gemini", "gemini-2.5-pro"), ("azure.ai.openai", "gpt-5"), ("x_ai", "grok-4"), ("openai", "gpt-5")],
)
def test_sellers_are_found_by_the_names_of_the_conventions(provider: str, model: str) -> None:
    assert cost(Use("agent", provider, model), (1000, 0, 0, 10))


def test_what_writes_nothing_need_not_say_so() -> None:
    embedding = Use("agent", "openai", "text-embedding-3-small")

    assert cost(embedding, (1000, None, None, None)) == Decimal("0.00002")
    assert cost(SONNET, (1000, None, None, None)) is None


@pytest.mark.parametrize(
    ("use", "split"),
    [
        (changed(SONNET, model="no-such-model"), MILLION),
        (changed(SONNET, model=""), MILLION),
        (changed(SONNET, tier="of nobody's list"), MILLION),
        (changed(SONNET, tool="claude_code"), MILLION),
        (SONNET, (None, None, None, 5)),
        (SONNET, (5, None, None, None)),
    ],
    ids=["unknown model", "no model", "unknown tier", "tells its own", "no input", "no output"],
)
def test_what_has_no_known_price_stays_unpriced(use: Use, split: Split) -> None:
    assert cost(use, split) is None


def test_a_tier_has_its_own_price_and_the_table_is_named() -> None:
    gpt = Use("agent", "openai", "gpt-5", tier="flex")

    assert cost(gpt, MILLION) == (cost(changed(gpt, tier=""), MILLION) or 0) / 2
    found = pricing("openai", "gpt-5", "flex", DAY)
    assert found.rule.startswith("genai-prices ")
    assert found.price_output == cost(gpt, (0, 0, 0, 1_000_000))
