"""Each token is told once, of the person where that is known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.bot.sources.anthropic.rows import DAY, HAIKU, OPUS, message, person, sample
from tests.bot.sources.anthropic_wire import AnthropicVendor
from tests.bot.sources.vendor_bench import VendorBench, by_day
from tests.shared import needs_shared


@needs_shared
def test_the_messages_sample_comes_to_its_totals(
    vendor: AnthropicVendor, bench: VendorBench, expected: dict[str, Any]
) -> None:
    vendor.messages = by_day(sample("usage_report_messages_p1.json")) | by_day(sample("usage_report_messages_p2.json"))

    assert bench.sync().errors == []

    wanted = expected["anthropic_usage"]
    fresh, cached, written, hour, out = bench.tokens()
    assert (fresh, cached, out) == (wanted["uncached_in"], wanted["cache_read"], wanted["out"])
    assert (written, hour) == (wanted["cache_write_5m"] + wanted["cache_write_1h"], wanted["cache_write_1h"])
    assert (fresh or 0) + (cached or 0) + (written or 0) == wanted["total_in_normalised"]


@needs_shared
def test_the_claude_code_sample_comes_to_its_totals(
    vendor: AnthropicVendor, bench: VendorBench, expected: dict[str, Any]
) -> None:
    vendor.claude_code = {DAY: sample("claude_code_2026-11-06.json")["data"]}
    vendor.messages = by_day(sample("usage_report_messages_p1.json"))

    assert bench.sync().errors == []

    ada = expected["anthropic_claude_code"]["ada"]
    fresh, cached, written, _, out = bench.tokens(subject="ada@acme.test")
    assert (fresh, cached, written, out) == (
        ada["uncached_in"],
        ada["cache_read"],
        ada["cache_write"],
        ada["out"],
    )
    assert bench.total("accepted", subject="ada@acme.test") == ada["accepted"]
    assert bench.total("suggested", subject="ada@acme.test") == ada["accepted"] + ada["rejected"]
    assert bench.usd("list_nano", subject="ada@acme.test") == Decimal(ada["est_cost_usd"])
    assert "ci-bot" in bench.subjects()
    # All of it together is the messages report, and what was used on a seat.
    whole = expected["anthropic_usage"]
    assert bench.total("input_tokens") == whole["uncached_in"] + 10
    assert bench.total("cached_input_tokens") == whole["cache_read"]
    assert bench.total("cache_write_tokens") == whole["cache_write_5m"] + whole["cache_write_1h"]
    assert bench.total("output_tokens") == whole["out"] + 5


def test_what_persons_used_is_taken_out_of_the_keys_of_their_model(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.workspaces = [{"id": "w", "name": "Claude Code"}]
    vendor.messages = {
        DAY: [
            message(100, 1000, 10, 5, 40),
            message(50, 0, 0, 2, 9, api_key_id="apikey_2", workspace_id="w"),
            message(7, 7, 7, 7, 7, model=HAIKU),
        ]
    }
    vendor.claude_code = {DAY: [person("ada@acme.example", 60, 300, 13, 20)]}

    bench.sync()

    assert bench.tokens(tool="claude_code") == (60, 300, 13, None, 20)
    # First all of Claude Code's own workspace, then of the other key; writes of five minutes before those of an hour.
    assert bench.tokens(subject="apikey_2") == (0, 0, 0, 0, 0)
    assert bench.tokens(subject="apikey_1", model=OPUS) == (90, 700, 4, 4, 29)
    assert bench.tokens(model=HAIKU) == (7, 7, 14, 7, 7)
    assert bench.total("input_tokens") == 157
    assert bench.total("cache_write_tokens") == 10 + 5 + 2 + 14


def test_a_dated_model_is_the_same_model(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.messages = {DAY: [message(100, 0, 0, 0, 10, model="claude-opus-4-8-20260301")]}
    vendor.claude_code = {DAY: [person("ada@acme.example", 60, 0, 0, 4)]}

    bench.sync()

    assert bench.total("input_tokens") == 100
    assert bench.total("output_tokens") == 10


def test_use_on_a_seat_counts_by_itself_and_costs_nothing(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.messages = {DAY: [message(100, 0, 0, 0, 10)]}
    vendor.claude_code = {DAY: [person("ada@acme.example", 60, 0, 0, 4, customer="subscription")]}

    bench.sync()

    assert bench.total("input_tokens") == 160
    assert bench.usd(tool="claude_code") == 0
    assert bench.usd("list_nano", tool="claude_code") == Decimal("1.5")


def test_rows_of_a_person_that_differ_by_terminal_add_up_and_those_that_come_twice_do_not(
    vendor: AnthropicVendor, bench: VendorBench
) -> None:
    row = person("ada@acme.example", 1, 0, 0, 0, customer="subscription")
    vendor.claude_code = {DAY: [row, {**row, "terminal_type": "iTerm.app"}, row]}

    bench.sync()

    assert bench.total("input_tokens") == 2
    assert bench.total("accepted") == 6


def test_who_has_no_session_was_not_active(vendor: AnthropicVendor, bench: VendorBench) -> None:
    quiet: dict[str, Any] = {"core_metrics": {"num_sessions": 0}, "tool_actions": {}, "model_breakdown": []}
    vendor.claude_code = {DAY: [person("ada@acme.example", 0, 0, 0, 0, **quiet)]}

    bench.sync()

    assert bench.total("requests", tool="claude_code") == 0


def test_a_row_of_zeros_makes_nobody_active(vendor: AnthropicVendor, bench: VendorBench) -> None:
    search = {"server_tool_use": {"web_search_requests": 1}}
    vendor.messages = {DAY: [message(0, 0, 0, 0, 0), message(0, 0, 0, 0, 0, account_id="user_1", **search)]}

    bench.sync()

    assert bench.total("requests", subject="apikey_1") == 0
    assert bench.total("requests", subject="user_1") is None


def test_a_long_context_is_listed_at_its_own_price(vendor: AnthropicVendor, bench: VendorBench) -> None:
    sonnet = {"model": "claude-sonnet-4-5", "account_id": "user_1"}
    vendor.messages = {
        DAY: [
            message(1_000_000, 0, 0, 0, 0, **sonnet, context_window="0-200k"),
            message(1_000_000, 0, 0, 0, 0, **sonnet, context_window="200k-1M"),
            message(1_000_000, 0, 0, 0, 0, **sonnet, context_window="0-200k", service_tier="batch"),
        ]
    }

    bench.sync()

    assert bench.usd("list_nano") == Decimal("3") + 6 + Decimal("1.5")


def test_local_days_are_put_together_from_hours_less_what_is_told_of_persons(
    vendor: AnthropicVendor, bench: VendorBench
) -> None:
    hours = {f"{DAY}T10": 100, f"{DAY}T22": 1000, f"{DAY}T23": 10_000}
    vendor.messages = {hour: [message(tokens, 0, 0, 0, 1)] for hour, tokens in hours.items()}
    vendor.claude_code = {DAY: [person("ada@acme.example", 50, 0, 0, 0)]}
    bench.zone = ZoneInfo("Europe/Berlin")

    for _ in range(2):
        assert bench.sync().errors == []

        # Persons are told by UTC days alone; what is theirs is taken out of the largest hour.
        assert bench.by_day() == {DAY: 1150, "2026-11-07": 9950}
        assert bench.total("output_tokens") == 3
