"""A budget of the organisation for a month, and people who wish to be told when most of it is used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from storage.keep import watches
from storage.keep.watches import BUDGET, Watched
from storage.load.plans import save_budgets
from storage.plan_records import BudgetRecord, PlanScope
from storage.query import Query
from storage.records import Period

MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))
TITLE = "80% of the budget is used"


def save_budget_and_watches(connection: Connection, workspace_id: int, emails: Iterable[str], since: datetime) -> None:
    """A hundred dollars for the month, and a watch of each of these people."""
    budget = BudgetRecord(scope=PlanScope.ORGANISATION, month=MONTH.start, amount=Decimal(100))
    save_budgets(connection, workspace_id, [budget])
    for email in emails:
        wish = Watched(
            workspace_id=workspace_id,
            email=email,
            key="k",
            kind=BUDGET,
            query=Query(metrics=("cost",), period=MONTH).to_json(),
            level=0.8,
            title=TITLE,
            since=since,
        )
        watches.keep(connection, wish)
