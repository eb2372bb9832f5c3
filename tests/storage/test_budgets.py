"""The budgets in force: those of the file, and what somebody set in place of one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from storage.budgets import budgets_in_force
from storage.keep.plans import set_budget
from storage.load.plans import save_budgets
from storage.plan_records import BudgetRecord, PlanScope
from storage.tables import NANO

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def test_of_the_months_asked_for_each_scope_has_one_amount(engine: Engine, workspace_id: int) -> None:
    def budget(amount: str, month: date, scope: PlanScope = PlanScope.ORGANISATION, name: str = "") -> BudgetRecord:
        return BudgetRecord(scope=scope, name=name, month=month, amount=Decimal(amount), currency="EUR")

    file = [budget("99.5", SEPTEMBER), budget("100", OCTOBER), budget("7", OCTOBER, PlanScope.TOOL, "cursor")]
    with engine.begin() as connection:
        save_budgets(connection, workspace_id, file)
        what = {"scope": "tool", "name": "cursor", "month": OCTOBER, "amount_nano": 9 * NANO, "currency": "USD"}
        noon = datetime(2026, 10, 5, 12, tzinfo=UTC)
        set_budget(connection, workspace_id, **what, by="ada@acme.example", now=noon)  # type: ignore[arg-type]

        both, alone = (
            [
                (found.scope, found.amount, found.currency, bool(found.set_by))
                for found in budgets_in_force(connection, workspace_id, first, date(2026, 10, 31))
            ]
            for first in (SEPTEMBER, OCTOBER)
        )

    october = [("organisation", 100.0, "EUR", False), ("tool", 9.0, "USD", True)]
    assert (both, alone) == ([("organisation", 99.5, "EUR", False), *october], october)
