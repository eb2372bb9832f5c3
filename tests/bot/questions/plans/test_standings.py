"""How a budget stands: its cost so far as any question gives it, its month by the forecast, hidden where cost is."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Status
from tests.bot.questions.plans.conftest import Asked

ENGINEER = "oluwaseun.castillo@larkspur.example"


@pytest.mark.usefixtures("_budgets")
def test_budget_used_is_cost_so_far_by_the_budget(ask: Asked) -> None:
    cost = ask("cost of Checkout this month").rows[0].values["cost"]
    found = ask("how much of Checkout's budget is used?")

    assert cost is not None
    values = found.rows[0].values
    assert values["budget_used"] == pytest.approx(cost / 20)
    assert (values["cost"], values["left"]) == pytest.approx((cost, 20 - cost))


@pytest.mark.usefixtures("_budgets")
def test_whether_a_budget_will_hold_is_said_by_the_forecast_of_the_month(ask: Asked) -> None:
    month = ask("what will we spend this month?").rows[0].values
    all_of_it = ask("will we blow through the budget?").rows[0].values

    assert (all_of_it["expected"], all_of_it["low"], all_of_it["high"]) == (month["cost"], month["low"], month["high"])
    assert "on track to stay within" in ask("is Claude Code on track to stay within its budget?").text


@pytest.mark.usefixtures("_budgets")
def test_a_small_team_s_cost_is_hidden_beside_its_budget(ask: Asked) -> None:
    alone = ask("how much of Counsel's budget is left?", ENGINEER)
    beside = ask("show budgets", ENGINEER)

    assert alone.status is Status.DENIED
    hidden = next(row for row in beside.rows if row.labels["budget"] == "Counsel")
    assert hidden.suppressed
    assert hidden.values["cost"] is None
