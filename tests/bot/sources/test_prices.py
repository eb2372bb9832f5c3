"""A call's cost by our whole numbers is what genai-prices says of that call alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from genai_prices import Usage, calc_price
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from bot.sources import prices
from bot.sources.prices import KNOWN, PICO, KnownPrices, TokenPrice, rates
from tests.bot.sources.list_prices import known
from tests.shared import ROOT

MODELS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("anthropic", "claude-opus-4-8", {}),
    ("anthropic", "claude-opus-4-8", {"speed": "fast"}),
    ("anthropic", "claude-sonnet-4-5-20250929", {}),
    ("anthropic", "claude-sonnet-4-5-20250929", {"processing": "batch"}),
    ("openai", "gpt-5.5", {}),
    ("openai", "gpt-5.5", {"service_tier": "flex"}),
    ("google", "gemini-2.5-pro", {}),
    ("deepseek", "deepseek-chat", {}),
    ("aws", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", {}),
)
tokens = st.integers(0, 300_000)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def chosen(found: Sequence[TokenPrice], day: date, minute: int = 0, size: int = 0) -> TokenPrice:
    number = (day - date(1970, 1, 1)).days
    fitting = [
        rate
        for rate in found
        if rate.since <= number < rate.before and rate.start <= minute < rate.until and rate.over < size
    ]
    return max(fitting, key=lambda rate: rate.over)


@pytest.mark.parametrize(("provider", "model", "terms"), MODELS)
@given(fresh=tokens, cached=tokens, written=tokens, hour=tokens, output=tokens, day=days, minute=st.integers(0, 1_439))
def test_each_call_costs_what_the_table_says_of_it_alone(
    provider: str, model: str, terms: dict[str, str], fresh: int, cached: int, written: int, hour: int, output: int,
    day: date, minute: int,
) -> None:  # fmt: skip
    size = fresh + cached + written + hour
    rate = chosen(rates(provider, model, terms), day, minute, size)
    priced = zip(
        (fresh, cached, written, hour, output),
        (rate.input, rate.cached, rate.written, rate.written_hour, rate.output),
        strict=True,
    )
    said = calc_price(
        Usage(
            input_tokens=size,
            cache_read_tokens=cached,
            cache_write_tokens=written + hour,
            cache_write_1h_tokens=hour,
            output_tokens=output,
        ),
        model,
        provider_id=provider,
        genai_request_timestamp=datetime.combine(day, time(), UTC) + timedelta(minutes=minute),
        price_context=terms,
    )

    assert Decimal(sum(count * (price or 0) for count, price in priced)) / PICO == said.total_price


def test_a_price_has_its_time() -> None:
    before, after = (chosen(rates("openai", "o3", {}), day).input for day in (date(2025, 6, 1), date(2025, 7, 1)))

    assert (before, after) == (10_000_000, 2_000_000)


def test_what_only_reads_is_priced_by_what_it_read() -> None:
    day = date(2026, 11, 6)

    assert prices.list_cost("openai", "text-embedding-3-large", day, {}, input=1000) == Decimal("0.00013")
    assert prices.list_cost("openai", "text-embedding-3-large", day, {}, input=1000, output=1) is None


@pytest.mark.parametrize(
    ("provider", "model"),
    [("anthropic", "claude-unheard-of"), ("ollama", "claude-opus-4-8"), ("", "no-such-model"), ("anthropic", "")],
)
def test_what_has_no_price_is_unknown_and_never_free(provider: str, model: str) -> None:
    (rate,) = rates(provider, model, {})

    assert rate[5:] == (None,) * 6


def test_who_sells_other_makers_models_sells_them_at_their_price() -> None:
    assert rates("github-copilot", "claude-sonnet-4.5", {}) == rates("anthropic", "claude-sonnet-4-5", {})


def test_the_table_is_named_with_its_version() -> None:
    assert prices.table().startswith("genai-prices 0.")


def test_the_prices_that_were_looked_up_beforehand_are_those_of_the_table() -> None:
    # `python -m tests.bot.sources.list_prices` writes them anew.
    assert json.decode(KNOWN.read_bytes(), type=KnownPrices) == known()


def test_a_usual_model_is_priced_without_loading_the_table() -> None:
    asked = (
        "import sys; from bot.sources.prices import rates; print(rates('anthropic', 'claude-opus-4-8', {})[0].output)"
    )
    command = [sys.executable, "-c", f"{asked}; print('genai_prices' in sys.modules)"]

    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.split() == ["25000000", "False"]


def test_prices_of_another_release_are_of_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prices, "table", lambda: "genai-prices 99")
    prices._known.cache_clear()
    try:
        assert prices._known() == {}
    finally:
        prices._known.cache_clear()
