"""A budget month by month: each month's cost over its own budget, the running one marked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.questions.answers.answer import Shape, Status
from storage.engine import writing_engine
from storage.load.plans import save_budgets
from storage.plan_records import BudgetRecord, PlanScope
from tests.bot.questions.plans.conftest import Asked

WHOLE, TEAM = PlanScope.ORGANISATION, PlanScope.TEAM


@pytest.fixture
def _budgets(larkspur: str) -> None:
    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_budgets(
            connection,
            1,
            [
                BudgetRecord(scope=WHOLE, month=date(2026, 10, 1), amount=Decimal(1000)),
                BudgetRecord(scope=WHOLE, month=date(2026, 11, 1), amount=Decimal(2000)),
                BudgetRecord(scope=TEAM, name="Checkout", month=date(2026, 11, 1), amount=Decimal(1)),
            ],
        )
    engine.dispose()


@pytest.mark.usefixtures("_budgets")
def test_each_month_is_over_its_own_budget_and_the_running_one_says_so(ask: Asked) -> None:
    october, november = (ask(f"cost {when}").rows[0].values["cost"] for when in ("in October", "this month"))

    found = ask("how was the budget used by month?")

    assert found.shape is Shape.SERIES
    assert [row.labels["month"] for row in found.rows] == ["2026-10-01", "2026-11-01"]
    assert [row.values["cost"] for row in found.rows] == [october, november]
    assert [row.values["budget"] for row in found.rows] == [1000, 2000]
    assert [row.partial for row in found.rows] == [False, True]
    assert found.text.endswith("so far.")


@pytest.mark.usefixtures("_budgets")
def test_by_team_and_who_is_over_are_of_teams_alone(ask: Asked) -> None:
    assert [row.labels["budget"] for row in ask("budget used by team").rows] == ["Checkout"]
    assert "Checkout" in ask("which teams are over budget?").text
    nobody = "No budget is used up, October 2026; the most used, whole organisation, is at "
    assert ask("who is over budget in October?").text.startswith(nobody)
    assert ask("which teams are over budget in October?").status is Status.NO_DATA
