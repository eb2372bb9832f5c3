"""Small readers that the clients share."""

from __future__ import annotations

import math

import pytest

from bot.sources.otlp.reading import LARGEST, BadValue, clean, count, dollars, instant, nano, subject, text, use, whole

NINE_MS = 1_793_610_000_000


def test_a_name_is_one_printable_line() -> None:
    assert clean("  gpt\n5\x00 ") == "gpt5"
    assert len(clean("x" * 500)) == 200
    assert text({"a": "", "b": 5, "c": "name"}, "a", "b", "c") == "name"


@pytest.mark.parametrize(("value", "counted"), [(5, 5), ("5", 5), (5.0, 5), ("5.9", 5)])
def test_a_count_may_be_a_text(value: int | float | str, counted: int) -> None:
    assert whole(value) == counted


@pytest.mark.parametrize("value", [-1, LARGEST + 1, "many", math.nan, math.inf, b"5", True])
def test_what_is_no_count_is_said_to_be_none(value: float | str | bytes | bool) -> None:
    with pytest.raises(BadValue):
        whole(value)


def test_the_first_count_that_is_there_is_taken_and_none_is_not_nought() -> None:
    assert count({"a": "", "b": 0, "c": 5}, "a", "b", "c") == 0
    assert count({}, "a") is None


def test_a_cost_is_billionths_of_a_dollar() -> None:
    assert dollars({"cost_usd": 0.1}) == 100_000_000
    assert dollars({"cost_usd_micros": "1500", "cost_usd": 9}) == 1_500_000
    assert dollars({"cost_usd": ""}) is None
    with pytest.raises(BadValue):
        nano(-1)


def test_whose_use_it_is_is_the_most_telling_name() -> None:
    assert subject({"user.id": "u"}, {"user.email": "ada@acme.test"}) == "ada@acme.test"
    assert subject({"user.id": " "}, {}) == ""


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-11-02T09:00:00.250Z", 1_793_610_000_250),
        ("2026-11-02T09:00:00", NINE_MS * 1_000_000 // 1_000_000),
        ("soon", NINE_MS * 1_000_000 // 1_000_000),
    ],
)
def test_the_clients_own_time_counts_where_it_names_its_zone(said: str, at: int) -> None:
    assert instant({"event.timestamp": said}, NINE_MS * 1_000_000) == at


def test_what_use_is_booked_to_stands_with_the_resource_and_a_standard_tier_is_none() -> None:
    found = use("claude_code", {"speed": "standard"}, {"cost.center": "42", "fulcrum.ledger": "product"}, model="opus")

    assert (found.cost_center, found.ledger, found.tier, found.model) == ("42", "product", "", "opus")
