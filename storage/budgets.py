"""The budgets in force: what an admin set before what the file brought, for whoever answers and whoever keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from storage.tables import NANO, Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetInForce:
    """An amount for a month (its first day), in billionths of its currency; `set_by` is "" where the file brought it.

    `scope` is one of storage.plan_records.PlanScope, `name` "" for the whole organisation.
    """

    scope: str
    name: str
    month: date
    amount_nano: int
    currency: str
    set_by: str = ""

    @property
    def amount(self) -> float:
        """In whole units of its currency."""
        return self.amount_nano / NANO


def budgets_in_force(connection: Connection, workspace_id: int, first: date, last: date) -> list[BudgetInForce]:
    """The budgets of the months that begin in these days, by month, scope and name; what somebody set comes first."""
    rows = select(*Budget.__table__.columns).where(
        Budget.workspace_id == workspace_id, Budget.month.between(first, last)
    )
    of_file: dict[tuple[str, str, date], Any] = {}
    by_hand: dict[tuple[str, str, date], Any] = {}
    for row in connection.execute(rows.order_by(Budget.id)):
        (of_file if row.set_at is None else by_hand)[row.scope, row.name, row.month] = row
    found = of_file | {key: row for key, row in by_hand.items() if row.amount_nano is not None}
    return [
        BudgetInForce(
            scope=row.scope,
            name=row.name,
            month=row.month,
            amount_nano=row.amount_nano,
            currency=row.currency,
            set_by=row.set_by,
        )
        for row in sorted(found.values(), key=lambda row: (row.month, row.scope, row.name))
    ]
