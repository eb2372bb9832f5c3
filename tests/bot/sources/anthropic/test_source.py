"""The source itself: what a key that may read little is told."""

from __future__ import annotations

from bot.sources.anthropic import ANTHROPIC
from tests.bot.sources.anthropic.rows import DAY, message
from tests.bot.sources.anthropic_wire import AnthropicVendor
from tests.bot.sources.vendor_bench import VendorBench


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


def test_people_are_known_by_their_ids(vendor: AnthropicVendor, bench: VendorBench) -> None:
    vendor.messages = {DAY: [message(100, 0, 0, 0, 10, account_id="user_1")]}

    assert bench.sync().errors == []
    assert bench.subjects()


def test_no_key_is_in_what_is_sent_but_in_its_header() -> None:
    sent = ANTHROPIC.headers({"ANTHROPIC_ADMIN_KEY": "sk-ant-admin-1"})

    assert [name for name, value in sent.items() if "sk-ant-admin-1" in value] == ["x-api-key"]
