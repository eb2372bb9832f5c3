"""The analytics of Claude Enterprise, beside the Admin API or alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.bot.sources.anthropic.rows import DAY, analytics, message, person, sample, used
from tests.bot.sources.anthropic_wire import ADMIN, ANALYTICS, AnthropicVendor
from tests.bot.sources.vendor_bench import VendorBench
from tests.shared import needs_shared


@needs_shared
def test_the_enterprise_sample_comes_to_its_dollars(
    vendor: AnthropicVendor, bench: VendorBench, expected: dict[str, Any]
) -> None:
    vendor.reads, vendor.analytics_cost = (ANALYTICS,), sample("enterprise_analytics_cost.json")["data"]

    assert bench.sync().errors == []

    wanted = expected["anthropic_enterprise_cost"]
    assert bench.usd(subject="ada@acme.test") == Decimal(wanted["usd"])
    assert bench.usd("list_nano") == Decimal(wanted["list_usd"])


def test_a_key_of_the_analytics_alone_reads_seats_and_says_of_nothing_that_it_failed(
    vendor: AnthropicVendor, bench: VendorBench
) -> None:
    vendor.reads = (ANALYTICS,)
    vendor.analytics_usage = [
        analytics("chat", used(10, 0, 0, 0, 2)),
        analytics("claude_code", used(20, 0, 0, 0, 3)),
        analytics("messages_api", used(40, 0, 0, 0, 4)),
    ]
    vendor.analytics_cost = [analytics("chat", {"cost": {"amount": "250.0", "list_amount": "300", "currency": "USD"}})]

    made = bench.sync()

    assert made.errors == []
    assert "Admin API" in bench.report("usage", made).withheld
    assert [bench.total("input_tokens", tool=tool) for tool in ("claude", "claude_code", "anthropic_api")] == [
        *(10, 20, 40)
    ]
    assert bench.total("requests") == 15
    assert bench.usd() == Decimal("2.5")
    assert bench.usd("list_nano", feed="analytics cost") == 3


def test_a_product_is_called_claudes_once_however_it_is_spelled(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.reads = (ANALYTICS,)
    products = ("claude_in_chrome", "claude-tag", "office_agent")
    vendor.analytics_usage = [analytics(product, used(10, 0, 0, 0, 2)) for product in products]

    bench.sync()

    tools = ("claude_in_chrome", "claude_tag", "claude_office_agent")
    assert [bench.total("input_tokens", tool=tool) for tool in tools] == [10, 10, 10]


def test_with_both_apis_the_api_is_told_by_one_and_seats_by_the_other(
    vendor: AnthropicVendor, bench: VendorBench
) -> None:
    vendor.reads = (ADMIN, ANALYTICS)
    vendor.messages = {DAY: [message(100, 0, 0, 0, 10)]}
    vendor.claude_code = {DAY: [person("ada@acme.example", 20, 0, 0, 3, customer="subscription")]}
    vendor.analytics_usage = [
        analytics("claude_code", used(20, 0, 0, 0, 3)),
        analytics("claude_code", used(9, 0, 0, 0, 1), type="api_actor", api_key_id="k", email_address=None),
        analytics("messages_api", used(100, 0, 0, 0, 10)),
    ]

    bench.sync()

    assert bench.total("input_tokens") == 120
    assert bench.total("accepted") == 3  # which the analytics do not know


def test_a_person_of_the_analytics_is_the_same_after_being_renamed(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.reads = (ANALYTICS,)
    vendor.analytics_usage = [analytics("chat", used(10, 0, 0, 0, 2))]
    bench.sync()
    vendor.analytics_usage = [analytics("chat", used(10, 0, 0, 0, 2), name="Ada L.", deleted=True)]

    made = bench.sync()

    assert (bench.report("analytics usage", made).new, bench.report("analytics usage", made).removed) == (0, 0)


def test_the_hours_of_the_analytics_are_of_their_local_day(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.reads, bench.zone = (ANALYTICS,), ZoneInfo("Europe/Berlin")
    hours = {"05:00": 10, "23:00": 100}
    vendor.analytics_usage = [
        {**analytics("chat", used(tokens, 0, 0, 0, 2)), "starting_at": f"{DAY}T{hour}:00Z"}
        for hour, tokens in hours.items()
    ]

    bench.sync()

    assert bench.by_day() == {DAY: 10, "2026-11-07": 100}
    assert {"1h"} == {
        call.first("time_bucket_width")
        for call in bench.server.calls
        if call.path.endswith("analytics/usage") and call.first("limit") != "1"
    }
