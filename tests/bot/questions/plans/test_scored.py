"""A figure of a scorecard has the usual range of its weeks, its target and its budget beside it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.questions.answers.answer import Answer
from bot.statistics.weekly import usual
from storage.engine import writing_engine
from storage.load.plans import save_budgets, save_targets
from storage.plan_records import BudgetRecord, PlanScope, TargetRecord
from tests.bot.questions.plans.conftest import Asked

WEEK = date(2026, 11, 9)  # the newest whole one on the sample's day


def facts_of(part: Answer) -> dict[str, object]:
    return {fact.label: fact.value for fact in part.facts}


def test_the_week_and_its_range_are_those_that_the_digest_makes_of_thirteen_weeks(ask: Asked) -> None:
    first = WEEK - timedelta(weeks=12)
    weekly = ask(f"weekly tokens per employee from {first} to {WEEK + timedelta(days=6)}").rows
    values = [row.values["tokens_per_employee"] for row in weekly]

    part = ask("how are we doing?").answers[0]

    known = usual(values[:-1])
    assert known is not None
    assert len(values) == 13
    assert facts_of(part)["newest whole week"] == values[-1]
    assert facts_of(part)["newest whole week, from"] == WEEK.isoformat()
    assert facts_of(part)["usual range of a week, low"] == pytest.approx(known.low)
    assert facts_of(part)["usual range of a week, high"] == pytest.approx(known.high)


def test_target_and_budget_stand_beside_the_figure_they_are_of_and_nowhere_else(ask: Asked, larkspur: str) -> None:
    october = ask("adoption rate in October").rows[0].values["adoption_rate"]
    cost = ask("cost in October").rows[0].values["cost"]
    engine = writing_engine(larkspur)
    whole = PlanScope.ORGANISATION
    goals = [
        TargetRecord(scope=whole, metric="adoption_rate", value=0.99, by=date(2027, 3, 31)),
        TargetRecord(scope=whole, metric="cost", value=1, by=date(2026, 9, 30)),  # over
        TargetRecord(scope=PlanScope.TEAM, name="Checkout", metric="cost", value=1, by=date(2027, 3, 31)),
    ]
    with engine.begin() as connection:
        save_targets(connection, 1, goals)
        save_budgets(connection, 1, [BudgetRecord(scope=whole, month=date(2026, 10, 1), amount=Decimal(1000))])
    engine.dispose()

    card = ask("how are we doing?")

    parts = {part.columns[0].name: facts_of(part) for part in card.answers}
    assert october is not None
    assert cost is not None
    assert parts["adoption_rate"]["to go to the target"] == pytest.approx(0.99 - october)
    assert parts["cost"]["budget used"] == pytest.approx(cost / 1000)
    assert {name for name, facts in parts.items() if "target" in facts} == {"adoption_rate"}
    assert {name for name, facts in parts.items() if "budget" in facts} == {"cost"}
    assert "Adoption rate: target 99.0% by 31 Mar 2027" in card.text
