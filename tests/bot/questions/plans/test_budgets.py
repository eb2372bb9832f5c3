"""A budget beside its cost so far: the same cost that a question gives, under the same rules of who may see it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.questions.answers.answer import Status
from storage.engine import writing_engine
from storage.load.plans import save_budgets
from storage.plan_records import BudgetRecord, PlanScope
from tests.bot.questions.plans.conftest import Asked

ENGINEER = "oluwaseun.castillo@larkspur.example"


@pytest.fixture
def _budgets(larkspur: str) -> None:
    def budget(scope: PlanScope, name: str, amount: int) -> BudgetRecord:
        return BudgetRecord(scope=scope, name=name, month=date(2026, 11, 1), amount=Decimal(amount))

    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_budgets(
            connection,
            1,
            [
                budget(PlanScope.ORGANISATION, "", 600),
                budget(PlanScope.TEAM, "Checkout", 20),
                budget(PlanScope.TEAM, "Counsel", 100),
                budget(PlanScope.TOOL, "claude_code", 10_000),
            ],
        )
    engine.dispose()


@pytest.mark.usefixtures("_budgets")
def test_budget_used_is_cost_so_far_by_the_budget(ask: Asked) -> None:
    cost = ask("cost of Checkout this month").rows[0].values["cost"]
    found = ask("how much of Checkout's budget is used?")

    assert cost is not None
    values = found.rows[0].values
    assert values["budget_used"] == pytest.approx(cost / 20)
    assert (values["cost"], values["left"]) == pytest.approx((cost, 20 - cost))


@pytest.mark.usefixtures("_budgets")
def test_who_is_over_lists_those_alone(ask: Asked) -> None:
    found = ask("who is over budget?")

    assert [row.labels for row in found.rows] == [{"budget": "Checkout"}]
    assert "Over budget, November 2026: Checkout" in found.text


@pytest.mark.usefixtures("_budgets")
def test_whether_a_budget_will_hold_is_said_by_the_forecast_of_the_month(ask: Asked) -> None:
    month = ask("what will we spend this month?").rows[0].values
    all_of_it = ask("will we blow through the budget?").rows[0].values

    assert (all_of_it["expected"], all_of_it["low"], all_of_it["high"]) == (month["cost"], month["low"], month["high"])
    assert "on track to stay within" in ask("is Claude Code on track to stay within its budget?").text


def test_a_name_in_another_spelling_or_an_alias_is_found_and_an_unknown_one_is_named(ask: Asked, larkspur: str) -> None:
    names = ((PlanScope.TOOL, "Claude Code"), (PlanScope.TEAM, "payments"), (PlanScope.TEAM, "Chekout"))
    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_budgets(
            connection,
            1,
            [BudgetRecord(scope=of, name=name, month=date(2026, 11, 1), amount=Decimal(900)) for of, name in names],
        )
    engine.dispose()

    found = ask("show budgets")
    costs = {row.labels["budget"]: row.values["cost"] for row in found.rows}

    assert costs["Checkout"] == ask("cost of Checkout this month").rows[0].values["cost"]
    assert costs["claude_code"] == ask("cost of claude_code this month").rows[0].values["cost"]
    assert costs["Chekout"] is None
    assert "Nothing here has the name of these budgets: Chekout" in found.text
    assert not any(row.suppressed for row in found.rows)


@pytest.mark.usefixtures("_budgets")
def test_a_small_team_s_cost_is_hidden_beside_its_budget(ask: Asked) -> None:
    alone = ask("how much of Counsel's budget is left?", ENGINEER)
    beside = ask("show budgets", ENGINEER)

    assert alone.status is Status.DENIED
    hidden = next(row for row in beside.rows if row.labels["budget"] == "Counsel")
    assert hidden.suppressed
    assert hidden.values["cost"] is None


def test_without_a_budget_the_answer_says_what_brings_one(ask: Asked, larkspur: str) -> None:
    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_budgets(connection, 1, [])
    engine.dispose()
    found = ask("how much of the budget is left?")

    assert found.status is Status.NO_DATA
    assert "budgets.csv" in found.text


@pytest.mark.usefixtures("_budgets")
def test_what_a_list_of_budgets_does_not_know_is_read_as_of_any_figure(ask: Asked) -> None:
    first = ask("top 1 team by budget used this month")
    half = ask("which teams have used more than 50% of their budget this month?")
    plain = ask("what fraction of the claude code budget have we used?")

    used = ask("how much of Checkout's budget is used?").rows[0].values["budget_used"]
    assert [(row.labels, row.values["budget_used"]) for row in first.rows] == [({"team": "Checkout"}, used)]
    assert [row.labels["team"] for row in half.rows] == ["Checkout"]
    assert plain.rows[0].labels == {"budget": "claude_code"}
