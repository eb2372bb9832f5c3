"""budgets.csv: whose, which month, how much."""

from __future__ import annotations

from datetime import date

import pytest

from storage.budgets import budgets_in_force
from tests.bot.sources.files.shop import Shop

HEADER = "scope,name,month,amount,currency\n"


def test_budgets_are_read_by_scope_and_the_same_again_changes_nothing(shop: Shop) -> None:
    lines = HEADER + "organization,,2026-10,5000,\nteam,Core,2026-10-01,1200.50,EUR\ntool,Cursor,2026-11,$300,\n"

    first, again = shop.one(budgets=lines), shop.one(budgets=lines)

    assert (first.new, first.rejected, again.new, again.unchanged) == (3, 0, 0, 3)
    with shop.engine.connect() as connection:
        found = budgets_in_force(connection, 1, date(2026, 10, 1), date(2026, 10, 31))
    assert [(budget.scope, budget.name, budget.amount, budget.currency) for budget in found] == [
        ("organisation", "", 5000, "USD"),
        ("team", "Core", 1200.5, "EUR"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("person,Ana,2026-10,5,", "scope is 'person', not one of organisation, team, tool, project"),
        ("team,,2026-10,5,", "name is empty"),
        ("team,Core,October,5,", "month is 'October', which is no month as YYYY-MM"),
        ("team,Core,2026-10,-5,", "amount is '-5', which is negative"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(shop: Shop, line: str, reason: str) -> None:
    report = shop.one(budgets=HEADER + line + "\n")

    assert [rejection.reason for rejection in report.rejections] == [reason]
