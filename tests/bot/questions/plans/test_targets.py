"""A target beside the last whole month: what is missing, the pace it needs, the pace it has."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.answers.answer import Status
from bot.questions.plans.targets import TargetProgress
from storage.engine import writing_engine
from storage.keep.plans import TargetInForce
from storage.load.plans import save_targets
from storage.plan_records import PlanScope, TargetRecord
from tests.bot.questions.plans.conftest import Asked


def test_gap_and_pace_are_those_of_the_months(ask: Asked, larkspur: str) -> None:
    october, july = (ask(f"adoption rate in {month}").rows[0].values["adoption_rate"] for month in ("October", "July"))
    assert october is not None
    assert july is not None
    engine = writing_engine(larkspur)
    goal = TargetRecord(scope=PlanScope.ORGANISATION, metric="adoption_rate", value=0.99, by=date(2027, 3, 31))
    with engine.begin() as connection:
        save_targets(connection, 1, [goal])
    engine.dispose()

    values = ask("how far are we from our adoption target?").rows[0].values

    months = (date(2027, 3, 31) - date(2026, 10, 31)).days / 30.44
    assert values["gap"] == pytest.approx(0.99 - october)
    assert values["needed"] == pytest.approx((0.99 - october) / months)
    assert values["pace"] == pytest.approx((october - july) / 3)


@pytest.mark.parametrize(
    ("metric", "value", "pace", "reached", "on_track"),
    [
        ("adoption_rate", 0.7, 0.06, False, True),
        ("adoption_rate", 0.7, 0.01, False, False),
        ("adoption_rate", 0.7, -0.06, False, False),
        ("adoption_rate", 0.85, -0.06, True, True),
        ("cost_per_employee", 0.7, 0.5, True, True),
        ("cost_per_employee", 1.2, -0.5, False, True),
    ],
)
def test_a_target_is_reached_from_the_side_that_is_better(
    metric: str, value: float, pace: float, reached: bool, on_track: bool
) -> None:
    target = TargetInForce(scope="organisation", name="", metric=metric, value=0.8, by=date(2026, 12, 31))
    found = TargetProgress(target=target, value=value, pace=pace, months=2)

    assert (found.reached, found.on_track) == (reached, on_track)


def test_without_a_target_the_answer_says_what_brings_one(ask: Asked, larkspur: str) -> None:
    engine = writing_engine(larkspur)
    with engine.begin() as connection:
        save_targets(connection, 1, [])
    engine.dispose()
    found = ask("what are our targets?")

    assert found.status is Status.NO_DATA
    assert "targets.csv" in found.text
