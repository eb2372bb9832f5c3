"""Budgets, targets and events of files: of two rows of one key the later counts, and a newer file replaces."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Engine

from storage.load.plans import save_budgets, save_events
from storage.plan_records import BudgetRecord, EventRecord, PlanScope

OCTOBER = date(2026, 10, 1)


def budget(amount: int) -> BudgetRecord:
    return BudgetRecord(scope=PlanScope.ORGANISATION, month=OCTOBER, amount=Decimal(amount))


def test_the_later_row_of_a_month_counts(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        first = save_budgets(connection, workspace_id, [budget(5), budget(7)])
        same = save_budgets(connection, workspace_id, [budget(7)])
        other = save_budgets(connection, workspace_id, [budget(9)])

    assert (first.new, same.unchanged, other.changed) == (1, 1, 1)


def test_a_file_without_rows_leaves_none(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        save_events(connection, workspace_id, [EventRecord(day=OCTOBER, name="Freeze")])
        gone = save_events(connection, workspace_id, [])

    assert (gone.removed, gone.new) == (1, 0)
