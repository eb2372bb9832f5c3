"""Costs are worked out call by call, kept up as calls change, and found anew when the prices do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sources import prices
from bot.sources.logs import ledger, merging
from tests.bot.sources.logs.machine import Machine, claude, only

FILE = "projects/-srv-app/s-1.jsonl"
SONNET = "claude-sonnet-4-5-20250929"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_five_long_calls_cost_five_times_one_and_not_the_price_of_their_sum(machine: Machine) -> None:
    none = {"cache_read_input_tokens": 0, "cache_creation_input_tokens": 0}
    calls = [
        claude(f"m{number}", model=SONNET, usage=none | {"input_tokens": 150_000}, output=0) for number in range(5)
    ]
    machine.write(FILE, *calls)
    assert only(machine.read()).cost_usd == pytest.approx(5 * 0.45)

    machine.append(FILE, claude("long", model=SONNET, usage=none | {"input_tokens": 250_000}, output=0))
    assert only(machine.read()).cost_usd == pytest.approx(5 * 0.45 + 1.5)


def test_a_call_that_becomes_fuller_costs_what_it_is_then(machine: Machine) -> None:
    machine.write(FILE, claude(output=0))
    before = only(machine.read()).cost_usd or 0
    machine.append(FILE, claude(output=1_000_000))

    assert only(machine.read()).cost_usd == pytest.approx(before + 25)


def test_a_row_with_a_call_without_a_price_has_none(machine: Machine) -> None:
    machine.write(FILE, claude("m1", model="claude-unheard-of"))

    found = machine.read()
    assert only(found).cost_usd is None
    assert found.unpriced == {"claude-unheard-of": 1}


def test_a_newer_price_table_prices_what_was_read_before(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.write(FILE, claude("m1", model="claude-unheard-of", output=1_000))
    assert only(machine.read()).cost_usd is None
    monkeypatch.setattr(prices, "table", lambda: "a newer table")
    rate = prices.TokenPrice(input=0, cached=0, written=0, written_hour=0, output=2_000_000, search=0)
    monkeypatch.setattr(prices, "rates", lambda *_: [rate])

    found = machine.read()
    assert only(found).cost_usd == 0.002
    assert found.unpriced == {}


def test_the_sums_are_those_of_the_calls(machine: Machine) -> None:
    machine.write(FILE, *(claude(f"m{number}", output=number) for number in range(9)))
    machine.read()
    machine.append(FILE, *(claude(f"m{number}", output=2 * number, at="2026-11-01T08:00:00Z") for number in range(5)))
    machine.read()

    with ledger.opened(machine.ledger) as connection:
        query = "SELECT sum(requests), sum(output), sum(cost) FROM"
        assert connection.execute(f"{query} total").fetchone() == connection.execute(f"{query} call").fetchone()
        assert sum(1 for _ in merging.all_calls(connection)) == 9
