"""What a ledger comes to, in the days of a time zone."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.bot.sources.logs.machine import Machine, claude, codex_count, codex_head, figures, sums

FILE = "projects/-srv-app/session.jsonl"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_day_is_that_of_the_zone_asked_also_where_it_is_off_by_quarters(machine: Machine) -> None:
    machine.write(FILE, claude("m1", at="2026-11-02T18:10:00Z"), claude("m2", at="2026-11-02T18:20:00Z"))

    assert [row.date for row in machine.read().rows] == ["2026-11-02"]
    assert [row.date for row in machine.read(ZoneInfo("Asia/Kathmandu")).rows] == ["2026-11-02", "2026-11-03"]
    assert [row.date for row in machine.read(ZoneInfo("Pacific/Kiritimati")).rows] == ["2026-11-03"]


def test_a_day_with_a_change_of_the_clock_is_one_day(machine: Machine) -> None:
    edges = ("2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T22:59:59Z")
    machine.write(FILE, *(claude(f"m{number}", at=at) for number, at in enumerate(edges)))
    (row,) = machine.read(ZoneInfo("Europe/Berlin")).rows

    assert (row.date, row.requests) == ("2026-10-25", 4)


def test_rows_are_in_the_order_of_day_client_and_model_and_add_up(machine: Machine) -> None:
    machine.write(FILE, claude("m1", at="2026-11-03T09:00:00Z"), claude("m2", at="2026-11-02T09:00:00Z"))
    machine.write(FILE.replace("session", "other"), claude("m3", at="2026-11-02T09:00:00Z", model="claude-haiku-4-5"))
    found = machine.read()

    assert [(row.date, row.model) for row in found.rows] == [
        ("2026-11-02", "claude-haiku-4-5"),
        ("2026-11-02", "claude-opus-4-8"),
        ("2026-11-03", "claude-opus-4-8"),
    ]
    assert figures(found.rows[0]) == (1, 10, 600, 20, 50)
    assert sums(found)["output_tokens"] == 150


def test_a_model_without_a_price_is_named_and_its_row_has_no_cost(machine: Machine) -> None:
    machine.write(FILE, claude("m1"), claude("m2", model="house-model"))
    found = machine.read()

    assert {row.model: row.cost_usd is None for row in found.rows} == {"claude-opus-4-8": False, "house-model": True}
    assert found.unpriced == {"house-model": 1}


def test_a_client_that_names_no_model_is_counted_under_the_one_assumed(machine: Machine) -> None:
    machine.write("sessions/2026/11/03/rollout-x-p-1.jsonl", codex_head(), codex_count((1_000, 300, 40, 9)))
    found = machine.read()

    assert sum(found.assumed_model.values()) == 1
    assert {*found.assumed_model} == {row.model for row in found.rows}


def test_what_it_comes_to_can_be_written_as_json_with_its_zone(machine: Machine) -> None:
    machine.write(FILE, claude(), "no json")
    told = machine.read(ZoneInfo("Asia/Tokyo")).to_json()

    assert (told["zone"], told["files"]) == ("Asia/Tokyo", 1)
    assert told["skipped"] == [{"file": FILE, "line": 2, "reason": "it is no JSON object"}]
    assert told["rows"][0]["input_tokens"] == 10
    assert "list prices" in told["cost"]
