"""OpenAI: tokens are those of its usage report, cost is its bill, and people are found through users and keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.sources.openai import OPENAI
from storage.tables import Allocation, Identity
from tests.bot.sources.faults import Fault
from tests.bot.sources.openai_wire import OpenAIVendor
from tests.bot.sources.vendor_bench import VendorBench, bench_of
from tests.shared import needs_shared, shared

DAY = "2026-11-06"
USERS = [{"id": "user-1", "email": "ada@acme.example"}, {"id": "user-2", "email": "bo@acme.example"}]
PROJECTS = [{"id": "proj_a", "name": "Search"}, {"id": "proj_b", "name": "Search"}, {"id": "proj_c", "name": "Chat"}]


def use(**more: Any) -> dict[str, Any]:
    row = {"input_tokens": 0, "output_tokens": 0, "num_model_requests": 1, "model": "gpt-5.5-2026-04-23"}
    return {**row, "project_id": "proj_c", "user_id": "user-1", "api_key_id": None, "batch": None, **more}


def bill(value: Any, line: str, **more: Any) -> dict[str, Any]:
    return {"amount": {"value": value, "currency": "usd"}, "line_item": line, "project_id": "proj_c", **more}


@pytest.fixture
def vendor() -> OpenAIVendor:
    return OpenAIVendor(users=USERS, projects=PROJECTS)


@pytest.fixture
def bench(vendor: OpenAIVendor, tmp_path: Path) -> Iterator[VendorBench]:
    with bench_of(OPENAI, vendor, tmp_path) as bench:
        yield bench


@needs_shared
def test_the_wire_samples_come_to_the_totals_worked_out_by_hand(vendor: OpenAIVendor, bench: VendorBench) -> None:
    expected = json.loads(shared("data", "wire", "EXPECTED.json").read_text("utf-8"))
    usage, costs = (
        json.loads(shared("data", "wire", "openai", name).read_text("utf-8"))["data"][0]["results"]
        for name in ("usage_completions_by_user.json", "costs.json")
    )
    vendor.usage, vendor.costs = {"completions": {DAY: usage}}, {DAY: costs}

    assert bench.sync().errors == []

    wanted = expected["openai_usage"]
    fresh, cached, written, _, out = bench.tokens()
    assert (fresh, cached, written, out) == (
        wanted["uncached_in"],
        wanted["cached"],
        wanted["cache_write"],
        wanted["out"],
    )
    assert (fresh or 0) + (cached or 0) + (written or 0) == wanted["in_total"]
    assert bench.total("requests") == wanted["requests"]
    assert bench.total("input_tokens", subject="") == wanted["unattributed_in"]
    assert bench.usd() == Decimal(expected["openai_costs"]["usd"])


def test_cached_and_written_input_are_taken_out_of_input(vendor: OpenAIVendor, bench: VendorBench) -> None:
    vendor.usage = {
        "completions": {
            DAY: [
                use(input_tokens=1000, input_cached_tokens=600, input_cache_write_tokens=100, output_tokens=50),
                use(input_tokens=10, input_cached_tokens=12, output_tokens=1, user_id="user-2"),  # more than there is
                use(input_tokens=7, output_tokens=2, user_id=None),
            ]
        }
    }

    bench.sync()

    assert bench.tokens() == (307, 612, 100, None, 53)
    assert bench.tokens(subject="user-2") == (0, 12, None, None, 1)
    assert bench.tokens(subject="") == (7, None, None, None, 2)


def test_use_carries_its_list_price_and_the_bill_its_dollars_once(vendor: OpenAIVendor, bench: VendorBench) -> None:
    million = {"input_tokens": 1_000_000, "input_cached_tokens": 0}
    vendor.usage = {
        "completions": {
            DAY: [
                use(**million),
                use(**million, batch=True),
                use(**million, model="nobody-knows"),
            ]
        }
    }
    vendor.costs = {
        DAY: [
            bill("6.10", "gpt-5.5, input"),
            bill(0.4, "web search tool calls"),
            bill(-1, "gpt-5.5, input", project_id="proj_a"),
        ]
    }

    bench.sync()

    assert bench.usd() == Decimal("5.50")
    assert bench.dollars() == 5.5
    assert bench.usd(model="gpt-5.5") == Decimal("5.10")
    assert bench.usd("list_nano", feed="completions") == Decimal("7.5")  # 5 a million, half of it in a batch
    assert bench.usd("list_nano", model="nobody-knows") is None
    assert bench.total("input_tokens", feed="costs") is None
    assert bench.total("requests", feed="costs") == 0


def test_cache_writes_may_be_told_by_how_long_they_are_kept(vendor: OpenAIVendor, bench: VendorBench) -> None:
    kept = {"input_cache_write_30m_tokens": 100, "input_cache_write_12h_tokens": 50}
    vendor.usage = {"completions": {DAY: [use(input_tokens=1000, input_cached_tokens=200, output_tokens=7, **kept)]}}

    bench.sync()

    assert bench.tokens() == (650, 200, 150, None, 7)


def test_sound_is_priced_as_sound(vendor: OpenAIVendor, bench: VendorBench) -> None:
    spoken = {"input_audio_tokens": 400, "input_cached_audio_tokens": 200, "output_audio_tokens": 200}
    tokens = {"input_tokens": 1000, "input_cached_tokens": 300, "output_tokens": 500}
    vendor.usage = {"completions": {DAY: [use(model="gpt-realtime", **tokens, **spoken)]}}

    bench.sync()

    # Fresh: 300 of text at 4, 400 of sound at 32; cached at 0.4; written: 300 of text at 16, 200 of sound at 64.
    assert bench.usd("list_nano") == Decimal("0.03172")
    assert bench.tokens() == (700, 300, None, None, 500)


def test_each_endpoint_is_a_feed_with_what_it_counts(vendor: OpenAIVendor, bench: VendorBench) -> None:
    counted = {"num_model_requests": 3, "model": "m", "user_id": "user-1", "project_id": "proj_c"}
    vendor.usage = {
        "embeddings": {DAY: [{**counted, "input_tokens": 90}]},
        "moderations": {DAY: [{**counted, "input_tokens": 8}]},
        "images": {DAY: [{**counted, "images": 4, "size": "1024x1024", "source": "image.generation"}]},
        "audio_speeches": {DAY: [{**counted, "characters": 500}]},
        "audio_transcriptions": {DAY: [{**counted, "seconds": 60}]},
    }

    assert bench.sync().errors == []

    assert bench.tokens(feed="embeddings") == (90, None, None, None, 0)
    assert bench.tokens(feed="moderations") == (8, None, None, None, 0)
    for feed in ("images", "audio_speeches", "audio_transcriptions"):
        assert bench.tokens(feed=feed) == (None,) * 5  # pictures, letters and seconds are no tokens
        assert bench.total("requests", feed=feed) == 3


def test_a_key_stands_for_its_owner(vendor: OpenAIVendor, bench: VendorBench) -> None:
    vendor.keys = {
        "proj_c": [
            {"id": "key_1", "owner": {"type": "user", "user": {"id": "user-2", "email": "bo@acme.example"}}},
            {"id": "key_2", "owner": {"type": "service_account", "service_account": {"id": "sa", "name": "ci"}}},
        ]
    }
    vendor.costs = {DAY: [bill(2, "gpt-5.5, output", api_key_id="key_1")]}

    bench.sync()

    with bench.engine.connect() as connection:
        emails = {subject: email for subject, email in connection.execute(select(Identity.subject, Identity.email))}
    assert emails == {"user-1": "ada@acme.example", "user-2": "bo@acme.example", "key_1": "bo@acme.example"}
    assert bench.usd(subject="key_1") == 2


def test_use_is_booked_to_projects_by_name(vendor: OpenAIVendor, bench: VendorBench) -> None:
    vendor.usage = {
        "completions": {DAY: [use(project_id=f"proj_{letter}", input_tokens=1) for letter in ("a", "b", "c", "gone")]}
    }

    bench.sync()

    with bench.engine.connect() as connection:
        assert {*connection.scalars(select(Allocation.project))} == {
            "Search (proj_a)",
            "Search (proj_b)",
            "Chat",
            "proj_gone",
        }


def test_a_grouping_of_costs_that_is_refused_is_asked_for_more_coarsely(
    vendor: OpenAIVendor, bench: VendorBench
) -> None:
    vendor.refused, vendor.costs = ("api_key_id",), {DAY: [bill(2, "gpt-5.5, output")]}

    assert bench.sync().errors == []

    asked = [call.all("group_by") for call in bench.server.calls if call.path.endswith("/costs")]
    assert asked[:3] == [
        ["project_id", "line_item", "api_key_id", "user_id"],
        ["project_id", "line_item", "api_key_id"],
        ["project_id", "line_item"],
    ]
    assert asked[2:] == [asked[2]] * (len(asked) - 2)
    assert bench.usd() == 2


def test_rows_of_another_kind_than_was_asked_for_are_not_taken_for_completions(
    vendor: OpenAIVendor, bench: VendorBench
) -> None:
    vendor.usage = {"completions": {DAY: [{**use(input_tokens=5), "object": "organization.usage.songs.result"}]}}

    assert "another kind" in bench.sync().errors[0]
    assert bench.total("input_tokens") is None


def test_buckets_may_be_called_result_as_old_pages_have_it(vendor: OpenAIVendor, bench: VendorBench) -> None:
    (report,) = (report for report in OPENAI.reports if report.name == "completions")
    page = {"data": [{"start_time": 1793923200, "result": [use(input_tokens=5)]}]}

    assert [record.input_tokens for record in report.translate(({}, page))] == [5]  # type: ignore[union-attr]


def test_a_required_field_that_is_missing_is_named(vendor: OpenAIVendor, bench: VendorBench) -> None:
    vendor.usage = {"completions": {DAY: [use(input_tokens=5)]}}
    bench.server.fail(Fault.MISSING_FIELD, what="num_model_requests")

    assert "“num_model_requests”" in bench.sync().errors[0]


def test_a_wrong_key_says_which_setting_and_what_it_must_be(bench: VendorBench) -> None:
    made = bench.sync(OPENAI_ADMIN_KEY="sk-wrong-0123456789")

    assert made.errors == [
        "OpenAI does not know the key in OPENAI_ADMIN_KEY (401); OPENAI_ADMIN_KEY must be an Admin key (sk-admin-…), "
        "which an owner of the organisation makes, with api.usage.read"
    ]


def test_local_days_are_put_together_from_hours_and_utc_days_are_asked_for_whole(
    vendor: OpenAIVendor, bench: VendorBench
) -> None:
    hours = {
        "2026-11-05T22": 1,
        "2026-11-05T23": 10,
        "2026-11-06T12": 100,
        "2026-11-06T22": 1000,
        "2026-11-06T23": 10_000,
    }
    vendor.usage = {"completions": {hour: [use(input_tokens=tokens)] for hour, tokens in hours.items()}}

    assert bench.sync().errors == []
    assert bench.by_day() == {"2026-11-05": 11, "2026-11-06": 11_100}

    bench.zone = ZoneInfo("Europe/Berlin")
    assert bench.sync().errors == []
    assert bench.by_day() == {"2026-11-05": 1, "2026-11-06": 1110, "2026-11-07": 10_000}
    widths = {(call.first("bucket_width"), call.first("limit")) for call in bench.server.calls if "usage" in call.path}
    assert widths == {("1d", "31"), ("1h", "168")}

    del vendor.usage["completions"]["2026-11-06T12"]  # type: ignore[attr-defined]
    assert bench.sync().errors == []
    assert bench.by_day() == {"2026-11-05": 1, "2026-11-06": 1010, "2026-11-07": 10_000}

    bench.zone = ZoneInfo("UTC")
    assert bench.sync().errors == []
    assert bench.by_day() == {"2026-11-05": 11, "2026-11-06": 11_000}
