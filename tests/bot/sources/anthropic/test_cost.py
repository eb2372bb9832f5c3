"""Cost is what the bill says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.bot.sources.anthropic.rows import DAY, OPUS, line, message, sample
from tests.bot.sources.anthropic_wire import AnthropicVendor
from tests.bot.sources.vendor_bench import VendorBench, by_day
from tests.shared import needs_shared


@needs_shared
def test_the_cost_sample_comes_to_its_dollars(
    vendor: AnthropicVendor, bench: VendorBench, expected: dict[str, Any]
) -> None:
    vendor.cost = by_day(sample("cost_report.json"))

    assert bench.sync().errors == []
    assert bench.usd() == Decimal(expected["anthropic_cost"]["usd"])


def test_a_bill_is_in_cents_and_a_sum_of_cost_is_the_bill(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.workspaces = [{"id": "w", "name": "Search"}]
    vendor.messages = {DAY: [message(1_000_000, 0, 0, 0, 0)]}
    vendor.cost = {
        DAY: [
            line("0.6", token_type="uncached_input_tokens"),
            line("0.6", token_type="cache_read_input_tokens"),
            line("0.6"),
            line("-100", cost_type="session_usage", model=None, workspace_id="w"),
        ]
    }

    bench.sync()

    assert bench.usd() == Decimal("0.018") - 1  # added up before anything is rounded
    assert bench.usd(model=OPUS) == Decimal("0.018")
    assert bench.usd("list_nano") == 5  # a million tokens at list price, beside the bill and not in it
    assert bench.total("input_tokens", feed="cost") is None
