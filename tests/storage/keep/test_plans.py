"""A budget that an admin sets counts before the file's, stays as history, and can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine

from storage.budgets import budgets_in_force
from storage.keep.plans import history, set_budget
from storage.load.plans import save_budgets
from storage.plan_records import BudgetRecord, PlanScope
from storage.tables import NANO

OCTOBER = date(2026, 10, 1)
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def set_core(connection: Connection, workspace_id: int, amount: int | None) -> None:
    nano = None if amount is None else amount * NANO
    what = {"scope": "team", "name": "Core", "month": OCTOBER, "amount_nano": nano, "currency": "USD"}
    set_budget(connection, workspace_id, **what, by="ada@acme.example", now=NOON)  # type: ignore[arg-type]


def in_force(connection: Connection, workspace_id: int) -> list[float]:
    return [found.amount for found in budgets_in_force(connection, workspace_id, OCTOBER, OCTOBER)]


def test_what_was_set_counts_until_it_is_taken_back(engine: Engine, workspace_id: int) -> None:
    file = [BudgetRecord(scope=PlanScope.TEAM, name="Core", month=OCTOBER, amount=Decimal(100))]
    with engine.begin() as connection:
        save_budgets(connection, workspace_id, file)
        set_core(connection, workspace_id, 250)
        save_budgets(connection, workspace_id, file)  # a file that comes later changes nothing of it
        assert in_force(connection, workspace_id) == [250]

        set_core(connection, workspace_id, None)

        assert in_force(connection, workspace_id) == [100]
        told = history(connection, workspace_id, 5)
    assert [(entry.amount, entry.set_by, entry.set_at) for entry in told] == [
        (None, "ada@acme.example", NOON),
        (250, "ada@acme.example", NOON),
    ]
