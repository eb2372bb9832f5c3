"""The usage: plausible lines of known people, and of one key that belongs to nobody."""

from __future__ import annotations

from bot.demo.tools import TOOLS
from tests.bot.demo.larkspur import (
    Files,
    team_of,
    tokens,
)


def test_every_usage_row_is_a_row_of_its_own_and_adds_up(files: Files) -> None:
    key = ("date", "email", "tool", "provider", "model", "mode", "workflow", "ledger")
    rows = files["usage"]

    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    assert all(int(row["reasoning_tokens"]) <= int(row["output_tokens"]) for row in rows)
    assert all(int(row["accepted"]) <= int(row["suggested"]) for row in rows)
    assert all(int(row["requests"]) >= 1 for row in rows)


def test_use_is_by_known_people_but_for_one_forgotten_key(files: Files) -> None:
    strangers = {row["email"] for row in files["usage"] if not team_of(files, row)}

    assert strangers == {"old-reports@larkspur.example"}


def test_all_tools_and_providers_are_used_and_agents_read_mostly_from_a_cache(files: Files) -> None:
    rows = files["usage"]
    agentic = [row for row in rows if row["tool"] == "claude_code"]
    cached = sum(int(row["cached_input_tokens"]) for row in agentic)

    assert {row["tool"] for row in rows} == set(TOOLS)
    assert len({row["provider"] for row in rows}) == 5
    assert cached > 0.8 * sum(map(tokens, agentic))


def test_some_use_is_covered_by_a_seat_some_unpriced_and_some_serves_customers(files: Files) -> None:
    costs = [row["cost_usd"] for row in files["usage"]]

    assert sum(cost != "" and float(cost) == 0 for cost in costs) > 1000
    assert 10 < costs.count("") < 500
    assert {row["ledger"] for row in files["usage"]} == {"workforce", "product"}
