"""A budget beside its cost so far: the same cost that a question gives, under the same rules of who may see it."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Status
from tests.bot.questions.plans.conftest import Asked

ENGINEER = "oluwaseun.castillo@larkspur.example"


@pytest.mark.usefixtures("_budgets")
def test_who_is_over_lists_those_alone(ask: Asked) -> None:
    found = ask("who is over budget?")

    assert [row.labels for row in found.rows] == [{"budget": "Checkout"}]
    assert "Over budget, November 2026: Checkout" in found.text


def test_without_a_budget_the_answer_says_what_brings_one(ask: Asked) -> None:
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
