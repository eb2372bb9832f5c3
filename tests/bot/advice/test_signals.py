"""Leading signals: what sets them off, and that ordinary weeks do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from bot.advice.candidates import outside, recurs, uncatalogued
from bot.advice.signals import leading
from storage.workload import DayOfUse, WeekOfWork
from tests.bot.advice.runs import runs

MONDAY = date(2026, 8, 24)


def weeks(
    count: int = 12, reworked: int = 5, failed: int = 1, mode: str = "agent", items: int = 50
) -> list[WeekOfWork]:
    """Quiet weeks that sway a little."""
    return [
        WeekOfWork(
            workflow="w",
            week=MONDAY + timedelta(weeks=number),
            mode=mode,
            items=items,
            minutes=items * 30.0,
            accepted=items - reworked - failed,
            reworked=reworked + number % 2,
            failed=failed,
        )
        for number in range(count)
    ]


def days(factors: list[float]) -> list[DayOfUse]:
    """Thirty ordinary days, then days with so many times the use."""
    rng = Random(1)
    usual = [1 + rng.uniform(-0.1, 0.1) for _ in range(30)]
    return [
        DayOfUse(
            workflow="w",
            day=MONDAY + timedelta(days=number),
            items=10,
            requests=round(100 * factor),
            tokens=10_000 * factor,
            cost=1.0,
        )
        for number, factor in enumerate([*usual, *factors])
    ]


def test_ordinary_weeks_set_off_nothing() -> None:
    assert leading(weeks(), days([]), runs(60), None) == ()


def test_more_rework_than_its_limits_allow_is_a_signal() -> None:
    found = weeks()
    found[-1] = replace(found[-1], reworked=15)

    assert leading(found, (), (), None) == ("people rework more of what AI does than usual",)


def test_escalations_that_double_are_a_signal_where_chance_does_not_explain_it() -> None:
    many = [*weeks(8), *(replace(one, failed=5) for one in weeks()[8:])]
    few = [*weeks(8, items=5, reworked=0, failed=0), *(replace(one, items=5) for one in weeks(items=5, reworked=0)[8:])]

    assert leading(many, (), (), None) == ("escalations to people have doubled",)
    assert leading(few, (), (), None) == ()


def test_two_days_running_far_above_the_usual_are_a_signal_and_one_is_not() -> None:
    assert leading((), days([1.0, 3.0]), (), None) == ()
    assert leading((), days([3.0, 3.0]), (), None) == (
        "more requests a run than usual (retries), two days running",
        "more tokens a run than usual, two days running",
    )


def test_a_higher_cost_an_outcome_is_a_signal() -> None:
    rng = Random(2)
    found = [replace(one, cost=1 + rng.uniform(-0.1, 0.1)) for one in days([1.0, 1.0])]
    found[-2:] = [replace(one, cost=4.0) for one in found[-2:]]

    assert leading((), found, (), None) == ("a higher cost per outcome than usual, two days running",)


def test_approving_all_in_half_the_time_is_a_signal() -> None:
    slow, quick = runs(30, seconds=120), runs(30, seconds=55, name="quick")

    assert leading((), (), [*slow, *quick], None) == ("approvals take half the time they did, and all pass",)
    assert leading((), (), [*slow, *runs(30, failures=1, seconds=55, name="quick")], None) == ()


def test_rubber_stamps_are_a_signal() -> None:
    assert leading((), (), runs(40, seconds=3), None) == ("approvals too fast to have been read",)


def test_work_by_hand_says_nothing_about_ai() -> None:
    found = weeks(mode="human")
    found[-1] = replace(found[-1], reworked=40)

    assert leading(found, (), (), None) == ()


def test_a_candidate_recurs_takes_time_and_has_little_ai_in_it() -> None:
    by_hand = [replace(one, workflow="badges") for one in weeks(8, mode="human", items=10)]
    with_ai = [replace(one, workflow="done already") for one in weeks(8, mode="agent")]
    listed = [replace(one, workflow="known") for one in weeks(8, mode="human")]

    found = uncatalogued([*by_hand, *with_ai, *listed], {"known"})

    assert [(one.name, one.hours) for one in found] == [("badges", 5.0)]


def test_three_runs_in_three_of_the_last_four_weeks_recur() -> None:
    last = weeks(8, mode="human", items=3)

    assert recurs(last)
    assert recurs([*last[:-1], replace(last[-1], items=2)])
    assert not recurs([*last[:-2], replace(last[-2], items=2), replace(last[-1], items=2)])


def test_teams_whose_tokens_belong_to_no_workflow_are_named_by_share() -> None:
    found = outside({"A": 0.4, "B": 0.5, "C": 0.9})

    assert [one.name for one in found] == ["C", "B"]
