"""The AI tools of the company: what a request of each looks like, and what it costs at list price."""

from __future__ import annotations

import pytest

from bot.demo.tools import PRICES, TOOLS, cost


def test_a_million_tokens_of_a_class_cost_its_price() -> None:
    price = PRICES["claude-sonnet-4-5"]

    assert cost("claude-sonnet-4-5", fresh=1_000_000, cached=0, written=0, output=0) == pytest.approx(price.fresh)
    assert cost("claude-sonnet-4-5", fresh=0, cached=1_000_000, written=0, output=0) == pytest.approx(price.cached)
    assert cost("claude-sonnet-4-5", fresh=0, cached=0, written=1_000_000, output=0) == pytest.approx(price.written)
    assert cost("claude-sonnet-4-5", fresh=0, cached=0, written=0, output=1_000_000) == pytest.approx(price.output)
    assert cost("claude-sonnet-4-5", fresh=10**6, cached=10**6, written=10**6, output=10**6) == pytest.approx(22.05)


def test_what_has_no_price_is_unpriced_and_not_free() -> None:
    assert cost("gpt-5-codex-preview", fresh=1, cached=1, written=1, output=1) is None
    assert cost("gpt-5", fresh=0, cached=0, written=0, output=0) == 0


def test_the_models_of_every_tool_have_a_price_and_shares_that_are_all_of_it() -> None:
    for name, modes in TOOLS.items():
        for tool, share in modes:
            assert 0 < share <= 1, name
            assert {model for model, _ in tool.models} <= PRICES.keys(), name
            assert sum(part for _, part in tool.models) == pytest.approx(1), name
