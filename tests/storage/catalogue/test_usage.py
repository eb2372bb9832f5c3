"""The metrics of usage, as the definitions say them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from storage.catalogue import METRICS

ROW = {
    "input": 2_000,
    "cached": 8_000,
    "cache_write": 0,
    "output": 500,
    "reasoning": 100,
    "requests": 10,
    "cost_nano": 3_000_000_000,
    "priced_facts": 1,
    "unpriced_facts": 0,
    "suggested": 8,
    "accepted": 2,
    "agentic_tokens": 2_100,
}
ROW |= {f"w_{name}": value for name, value in ROW.items()}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tokens", 10_500),
        ("fresh_tokens", 2_500),
        ("effective_tokens", 5_300),
        ("input_tokens", 2_000),
        ("cached_input_tokens", 8_000),
        ("output_tokens", 500),
        ("reasoning_tokens", 100),
        ("requests", 10),
        ("cost", 3),
        ("cost_per_million_tokens", Fraction(3 * 10**6, 10_500)),
        ("cache_share", Fraction(8_000, 10_000)),
        ("output_share", Fraction(500, 10_500)),
        ("agent_share", Fraction(2_100, 10_500)),
        ("acceptance_rate", Fraction(1, 4)),
    ],
)
def test_the_worked_example_of_the_definitions(name: str, value: Fraction) -> None:
    assert METRICS[name].formula.value(ROW) == value


def test_a_ratio_of_nothing_is_null() -> None:
    nothing = dict.fromkeys(ROW, 0)

    for name in ("cache_share", "output_share", "agent_share", "acceptance_rate", "cost_per_million_tokens"):
        assert METRICS[name].formula.value(nothing) is None, name


def test_only_sums_have_shares() -> None:
    assert METRICS["tokens"].additive
    assert not METRICS["cache_share"].additive
    assert not METRICS["cost_per_million_tokens"].additive
