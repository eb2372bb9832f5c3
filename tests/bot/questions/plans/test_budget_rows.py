"""A budget as a row: what may not be shown leaves its amount alone, and a forecast is there where there is one."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.plans.budget_rows import BudgetStanding, columns, row

OPEN = BudgetStanding(scope="team", name="Core", amount=200.0, currency="EUR", cost=50.0, used=0.25)


def test_a_row_has_what_is_used_spent_and_left_and_a_hidden_one_its_amount() -> None:
    hidden = replace(OPEN, cost=None, used=None)
    coming = replace(OPEN, expected=(150.0, 120.0, 190.0))

    assert row(OPEN).values == {"budget_used": 0.25, "cost": 50.0, "budget": 200.0, "left": 150.0}
    assert (row(hidden).suppressed, row(hidden).values["budget"], row(hidden).values["cost"]) == (True, 200.0, None)
    assert row(coming).values["expected"] == 150.0
    assert [column.name for column in columns([OPEN, coming])][-1] == "expected"
    assert {column.unit for column in columns([OPEN])} == {"fraction", "EUR"}
