"""Anthropic: each token is told once, of the person where that is known, and cost is what the bill says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.sources.anthropic import ANTHROPIC
from tests.bot.sources.anthropic_wire import ADMIN, ANALYTICS, AnthropicVendor
from tests.bot.sources.vendor_bench import VendorBench, bench_of, by_day
from tests.shared import needs_shared, shared

DAY = "2026-11-06"
OPUS, HAIKU = "claude-opus-4-8", "claude-haiku-4-5-20251001"


def message(*tokens: int, **more: Any) -> dict[str, Any]:
    """A row of the messages report: fresh input, cached, written for five minutes, for an hour, output."""
    fresh, cached, short, long, output = tokens
    return {
        "uncached_input_tokens": fresh,
        "cache_read_input_tokens": cached,
        "cache_creation": {"ephemeral_5m_input_tokens": short, "ephemeral_1h_input_tokens": long},
        "output_tokens": output,
        "api_key_id": "apikey_1",
        "workspace_id": None,
        "account_id": None,
        "model": OPUS,
        **more,
    }


def person(email: str, *tokens: int, customer: str = "api", model: str = OPUS, **more: Any) -> dict[str, Any]:
    """A row of Claude Code's analytics: fresh input, cached, written, output."""
    said = dict(zip(("input", "cache_read", "cache_creation", "output"), tokens, strict=True))
    cost = {"currency": "USD", "amount": "150"}
    return {
        "date": f"{DAY}T00:00:00Z",
        "actor": {"type": "user_actor", "email_address": email},
        "customer_type": customer,
        "terminal_type": "vscode",
        "core_metrics": {"num_sessions": 2},
        "tool_actions": {"edit_tool": {"accepted": 3, "rejected": 1}},
        "model_breakdown": [{"model": model, "tokens": said, "estimated_cost": cost}],
        **more,
    }


def line(cents: str, **more: Any) -> dict[str, Any]:
    row = {"amount": cents, "currency": "USD", "workspace_id": None, "model": OPUS, "token_type": "output_tokens"}
    return {**row, "description": "Claude Opus 4.8 Usage", "cost_type": "tokens", **more}


def analytics(product: str, what: dict[str, Any], **actor: Any) -> dict[str, Any]:
    who = {"type": "user_actor", "user_id": "user_1", "email_address": "ada@acme.example", "name": "Ada", **actor}
    return {"starting_at": f"{DAY}T00:00:00Z", "group": {"actor": who, "product": product, "model": OPUS}, **what}


def used(*tokens: int, requests: int | None = 5) -> dict[str, Any]:
    row = message(*tokens)
    return {"usage": {name: row[name] for name in list(row)[:4]} | {"requests": requests}}


@pytest.fixture
def vendor() -> AnthropicVendor:
    return AnthropicVendor(users=[{"id": "user_1", "email": "ada@acme.example"}])


@pytest.fixture
def bench(vendor: AnthropicVendor, tmp_path: Path) -> Iterator[VendorBench]:
    with bench_of(ANTHROPIC, vendor, tmp_path) as bench:
        yield bench


def sample(name: str) -> Any:
    return json.loads(shared("data", "wire", "anthropic", name).read_text("utf-8"))


@pytest.fixture
def expected() -> Any:
    return json.loads(shared("data", "wire", "EXPECTED.json").read_text("utf-8"))


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
def test_the_cost_sample_comes_to_its_dollars(
    vendor: AnthropicVendor, bench: VendorBench, expected: dict[str, Any]
) -> None:
    vendor.cost = by_day(sample("cost_report.json"))

    assert bench.sync().errors == []
    assert bench.usd() == Decimal(expected["anthropic_cost"]["usd"])


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


@needs_shared
def test_the_enterprise_sample_comes_to_its_dollars(
    vendor: AnthropicVendor, bench: VendorBench, expected: dict[str, Any]
) -> None:
    vendor.reads, vendor.analytics_cost = (ANALYTICS,), sample("enterprise_analytics_cost.json")["data"]

    assert bench.sync().errors == []

    wanted = expected["anthropic_enterprise_cost"]
    assert bench.usd(subject="ada@acme.test") == Decimal(wanted["usd"])
    assert bench.usd("list_nano") == Decimal(wanted["list_usd"])


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


def test_a_key_that_reads_nothing_is_refused_in_words(bench: VendorBench) -> None:
    made = bench.sync(ANTHROPIC_ADMIN_KEY="sk-ant-wrong-0123456789")

    assert made.errors == [
        "Anthropic does not know the key in ANTHROPIC_ADMIN_KEY (401); ANTHROPIC_ADMIN_KEY must be an Admin key "
        "(sk-ant-admin…), which an admin of the organisation makes, or one with read:analytics"
    ]


def test_a_key_without_the_right_to_people_still_reads_use(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.messages = {DAY: [message(100, 0, 0, 0, 10)]}
    vendor.users = ()

    assert bench.sync().errors == []
    assert bench.total("input_tokens") == 100
