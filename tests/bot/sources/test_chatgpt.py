"""ChatGPT: what is not reported stays unknown, credits are no money, and totals are never made of parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.sources.chatgpt import CHATGPT
from storage.tables import NANO
from tests.bot.sources.chatgpt_wire import WORKSPACE, ChatGPTVendor
from tests.bot.sources.server import unix
from tests.bot.sources.vendor_bench import VendorBench, bench_of
from tests.shared import needs_shared, shared

START = unix(date(2026, 11, 6))
SPLIT = ("uncached_text_input_tokens", "cached_text_input_tokens", "text_output_tokens")


def row(user: str, totals: dict[str, Any], email: str = "", **more: Any) -> dict[str, Any]:
    actor = {"type": "ACCOUNT_USER", "user_id": user, **({"email": email} if email else {})}
    return {"start_time": START, "end_time": START + 86_400, "user_id": user, "actor": actor, "totals": totals, **more}


def tokens(*counts: int) -> dict[str, int]:
    return dict(zip(SPLIT, counts, strict=True))


@pytest.fixture
def vendor() -> ChatGPTVendor:
    return ChatGPTVendor()


@pytest.fixture
def bench(vendor: ChatGPTVendor, tmp_path: Path) -> Iterator[VendorBench]:
    with bench_of(CHATGPT, vendor, tmp_path, FULCRUM_CHATGPT_WORKSPACE=WORKSPACE) as bench:
        yield bench


@needs_shared
def test_the_wire_sample_comes_to_the_totals_worked_out_by_hand(vendor: ChatGPTVendor, bench: VendorBench) -> None:
    expected = json.loads(shared("data", "wire", "EXPECTED.json").read_text("utf-8"))["chatgpt_workspace"]
    vendor.rows = json.loads(shared("data", "wire", "openai", "chatgpt_workspace_usage.json").read_text("utf-8"))[
        "data"
    ]

    assert bench.sync().errors == []

    ada, other = expected["user-abc"], expected["user-def"]
    fresh, cached, _, _, out = bench.tokens(subject="ada@acme.test")
    assert ((fresh or 0) + (cached or 0), cached, out) == (ada["in_total"], ada["cached"], ada["out"])
    assert bench.total("credits_nano", subject="ada@acme.test") == Decimal(str(ada["credits"])) * NANO
    assert bench.tokens(subject="user-def") == (other["in_total"],) * 5
    assert bench.total("credits_nano", subject="user-def") == other["credits"]
    assert bench.usd() is None  # credits never become money, and estimated_cost_usd is neither


def test_a_workspace_that_is_billed_in_dollars_has_a_cost(vendor: ChatGPTVendor, bench: VendorBench) -> None:
    vendor.rows = [row("u1", {"turns": 3, "credits": None, "cost_usd": "1.25", **tokens(1, 2, 3)})]

    bench.sync()

    assert bench.usd() == Decimal("1.25")
    assert bench.total("requests") == 3
    assert bench.total("credits_nano") is None


def test_codex_is_told_apart_where_it_tells_all_its_tokens(vendor: ChatGPTVendor, bench: VendorBench) -> None:
    codex = {"client_id": "CODEX_CLI", "turns": 4, "credits": 8, **tokens(70, 20, 30)}
    web = {"client_id": "WEB", "turns": 1, "credits": 1, "text_total_tokens": 9}
    vendor.rows = [row("u1", {"turns": 6, "credits": 12.5, **tokens(100, 50, 40)}, clients=[codex, web])]

    bench.sync()

    assert bench.tokens(tool="codex") == (70, 20, None, None, 30)
    assert bench.tokens(tool="chatgpt") == (30, 30, None, None, 10)
    assert bench.tokens() == (100, 50, None, None, 40)
    assert (bench.total("requests", tool="codex"), bench.total("requests")) == (4, 6)
    assert bench.total("credits_nano") == Decimal("12.5") * NANO


def test_a_client_that_tells_more_than_the_total_is_left_in_it(vendor: ChatGPTVendor, bench: VendorBench) -> None:
    codex = {"client_id": "CODEX_CLI", **tokens(101, 0, 0)}
    vendor.rows = [row("u1", tokens(100, 50, 40), clients=[codex])]

    bench.sync()

    assert bench.tokens() == bench.tokens(tool="chatgpt") == (100, 50, None, None, 40)


def test_somebody_without_an_e_mail_in_the_row_is_found_by_id(vendor: ChatGPTVendor, bench: VendorBench) -> None:
    vendor.users = [{"id": "u1", "email": "ada@acme.example"}]
    vendor.rows = [row("u1", tokens(1, 0, 0)), row("u2", tokens(2, 0, 0), email="Bo@Acme.example ")]

    assert bench.sync().errors == []
    assert bench.subjects() == {"u1", "bo@acme.example"}


def test_the_workspace_names_the_feed(bench: VendorBench) -> None:
    bench.sync()

    assert set(bench.states(f"usage {WORKSPACE}").values()) == {"provisional"}  # a week is still revised
