"""Budgets, targets and events of the sample organisation."""

from __future__ import annotations

from datetime import date

from bot.demo.plans import budgets, targets
from tests.bot.demo.larkspur import STORIES, Files


def test_a_budget_of_last_month_held_and_one_of_this_month_is_nearly_spent(files: Files) -> None:
    amounts = {(row["scope"], row["name"], row["month"]): int(row["amount"]) for row in files["budgets"]}
    for month, least, most in (("2026-10", 0.83, 0.85), ("2026-11", 0.3, 0.84)):
        spent = sum(
            float(row["cost_usd"] or 0)
            for row in files["usage"]
            if row["tool"] == "claude_code" and row["date"].startswith(month)
        )

        assert least < spent / amounts["tool", "claude_code", month] < most
    assert amounts["organisation", "", "2026-10"] == amounts["organisation", "", "2026-11"]
    assert amounts["team", "Checkout", "2026-11"] < amounts["team", "Checkout", "2026-10"]


def test_nothing_spent_yet_still_has_a_budget() -> None:
    assert all(int(str(row[3])) > 0 for row in budgets({}, date(2026, 1, 1)))
    assert {row[2] for row in budgets({}, date(2026, 1, 1))} == {"2025-12", "2026-01"}


def test_targets_are_due_at_the_end_of_this_quarter_or_the_next() -> None:
    assert {row[4] for row in targets(date(2026, 12, 31))} == {"2026-Q4", "2027-Q1"}


def test_events_are_on_the_days_of_their_stories(files: Files) -> None:
    assert [row["date"] for row in files["events"]] == [STORIES.switch.isoformat(), STORIES.adoption.isoformat()]
