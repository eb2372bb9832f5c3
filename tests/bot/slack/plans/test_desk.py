"""What the form of a budget says, and who may set one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from bot.errors import UserError
from bot.settings import Settings
from bot.slack.plans.desk import BudgetWish, PlanDesk, TargetWish, budget_of, target_of
from storage.budgets import budgets_in_force
from storage.keep.plans import targets
from storage.plan_records import PlanScope

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
ADA, BO = "ada@acme.example", "bo@acme.example"
WISH = BudgetWish(PlanScope.TEAM, "Core", date(2026, 11, 1), Decimal(1200))


def test_the_form_is_read_or_each_field_says_what_is_wrong() -> None:
    fields = {"scope": "team", "name": "Core", "month": "2026-11", "amount": "1,200"}

    assert budget_of(fields) == (WISH, {})
    wish, wrong = budget_of({"scope": "team", "month": "November", "amount": "much"})
    assert wish is None
    assert set(wrong) == {"name", "month", "amount"}


def test_an_admin_alone_sets_a_budget_and_it_stays_in_the_history(engine: Engine) -> None:
    desk = PlanDesk(engine, engine, lambda _: Settings(admins=frozenset((ADA,))), lambda: NOON)

    with pytest.raises(UserError, match="ask ada@acme"):
        desk.set_budget(1, BO, WISH)
    assert desk.set_budget(1, ADA, WISH) == "The budget of Core for 2026-11 is $1,200.00."

    with engine.connect() as connection:
        (found,) = budgets_in_force(connection, 1, WISH.month, WISH.month)
    assert (found.name, found.amount, found.set_by) == ("Core", 1200, ADA)
    assert [(entry.set_by, entry.amount) for entry in desk.history(1, 5)] == [(ADA, 1200)]


def test_the_form_of_a_target_is_read_or_each_field_says_what_is_wrong() -> None:
    fields = {"scope": "organisation", "metric": "adoption_rate", "value": "80%", "by": "2027-Q1"}

    wish = TargetWish(PlanScope.ORGANISATION, "", "adoption_rate", 0.8, date(2027, 3, 31))
    assert target_of(fields) == (wish, {})
    assert set(target_of({"scope": "team", "metric": "adoption_rate", "value": "80", "by": "soon"})[1]) == {
        "name",
        "value",
        "by",
    }


def test_an_admin_alone_sets_a_target_and_takes_it_back(engine: Engine) -> None:
    desk = PlanDesk(engine, engine, lambda _: Settings(admins=frozenset((ADA,))), lambda: NOON)
    wish = TargetWish(PlanScope.TEAM, "Core", "adoption_rate", 0.8, date(2026, 12, 31))

    with pytest.raises(UserError, match="ask ada@acme"):
        desk.set_target(1, BO, wish)
    with pytest.raises(UserError, match="is over"):
        desk.set_target(1, ADA, replace(wish, by=date(2026, 11, 17)))
    assert desk.set_target(1, ADA, wish) == "The target for adoption rate of Core by 31 December 2026 is 80.0%."
    desk.set_target(1, ADA, replace(wish, value=0.9))
    with engine.connect() as connection:
        assert [target.value for target in targets(connection, 1)] == [0.9]
    desk.set_target(1, ADA, replace(wish, value=None))
    with engine.connect() as connection:
        assert not targets(connection, 1)
    assert [entry.value for entry in desk.target_history(1, 5)] == [None, 0.9, 0.8]
