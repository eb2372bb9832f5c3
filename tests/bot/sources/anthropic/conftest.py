"""A vendor like Anthropic, and a store that a pass over it fills."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sources.anthropic import ANTHROPIC
from tests.bot.sources.anthropic_wire import AnthropicVendor
from tests.bot.sources.vendor_bench import VendorBench, bench_of
from tests.shared import shared


@pytest.fixture
def vendor() -> AnthropicVendor:
    return AnthropicVendor(users=[{"id": "user_1", "email": "ada@acme.example"}])


@pytest.fixture
def bench(vendor: AnthropicVendor, tmp_path: Path) -> Iterator[VendorBench]:
    with bench_of(ANTHROPIC, vendor, tmp_path) as bench:
        yield bench


@pytest.fixture
def expected() -> Any:
    return json.loads(shared("data", "wire", "EXPECTED.json").read_text("utf-8"))
