"""Leading signals: what sets them off, and that ordinary weeks do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from bot.advice.signals import SignalState, leading, raised, watch
from storage.answer.workload import DayOfUse, WeekOfWork
from storage.load.outcomes import OutcomeRecord
from tests.bot.advice.runs import MONDAY, runs, weeks


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
    many = [*weeks(8), *(replace(week, failed=5) for week in weeks()[8:])]
    few = [
        *weeks(8, items=5, reworked=0, failed=0),
        *(replace(week, items=5) for week in weeks(items=5, reworked=0)[8:]),
    ]

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
    found = [replace(use, cost=1 + rng.uniform(-0.1, 0.1)) for use in days([1.0, 1.0])]
    found[-2:] = [replace(use, cost=4.0) for use in found[-2:]]

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


def states(
    work: Sequence[WeekOfWork], use: Sequence[DayOfUse], outcomes: Sequence[OutcomeRecord], minutes: float | None
) -> dict[str, SignalState]:
    return {signal.name: signal.state for signal in watch(work, use, outcomes, minutes)}


def test_every_signal_has_a_state_and_what_nothing_brings_says_how_to_get_it() -> None:
    nothing = watch((), (), (), None)

    assert [signal.name for signal in nothing] == [
        "retries",
        "tokens a run",
        "cost per outcome",
        "edits and overrides",
        "escalations",
        "errors of tools",
        "new kinds of requests",
        "approvals",
        "changes of the model",
        "changes of prompts, tools and policies",
    ]
    assert {signal.state for signal in nothing} == {SignalState.MISSING}
    assert all(signal.how for signal in nothing)
    assert raised(nothing) == ()


def test_with_work_and_usage_alone_the_nearest_thing_stands_in_and_says_so() -> None:
    found = {signal.name: signal for signal in watch(weeks(), days([]), (), None)}

    assert found["errors of tools"].told() == "errors of tools (from failed items)"
    assert found["edits and overrides"].told() == "edits and overrides (from reworked items)"
    assert {found[name].state for name in ("retries", "edits and overrides", "errors of tools")} == {SignalState.QUIET}
    assert {found[name].state for name in ("new kinds of requests", "approvals")} == {SignalState.MISSING}


def test_a_short_past_is_too_little_to_tell_and_no_all_clear() -> None:
    found = states(weeks(3), days([])[:5], runs(20), None)

    assert {found[name] for name in ("retries", "edits and overrides", "escalations", "approvals")} == {
        SignalState.YOUNG
    }


def test_failures_above_five_percent_and_above_their_usual_are_a_signal() -> None:
    often = [*weeks(8, failed=2), *(replace(week, failed=7) for week in weeks()[8:])]
    always = weeks(failed=7)
    doubled = [*weeks(8, failed=1), *(replace(week, failed=6) for week in weeks()[8:])]

    assert "more than one item of twenty with AI fails, and more than usual" not in leading(always, (), (), None)
    assert leading(doubled, (), (), None) == ("escalations to people have doubled",)  # the same failures, told once
    assert states(often, (), (), None)["errors of tools"] is SignalState.RAISED


def recorded(values: list[Any], name: str, per_week: int = 10) -> list[OutcomeRecord]:
    """Checked runs, of which this much is said."""
    return [
        replace(run, **{name: value}) for run, value in zip(runs(len(values), per_week=per_week), values, strict=True)
    ]


def test_errors_of_tools_in_more_than_a_twentieth_of_the_runs_are_a_signal() -> None:
    usual, often = [0] * 60, [0] * 20 + [1 if number % 8 == 0 else 0 for number in range(40)]

    assert states((), (), recorded(usual, "tool_errors"), None)["errors of tools"] is SignalState.QUIET
    assert leading((), (), recorded(often, "tool_errors"), None) == ("errors of tools in more than one run of twenty",)


def test_more_editing_than_its_limits_allow_is_a_signal() -> None:
    usual = [0.1 + 0.02 * (number % 3) for number in range(90)]

    assert states((), (), recorded([*usual, *usual[:10]], "edited"), None)["edits and overrides"] is SignalState.QUIET
    assert leading((), (), recorded([*usual, *[0.6] * 10], "edited"), None) == (
        "people change more of what AI does than usual",
    )


def test_recorded_escalations_that_double_are_a_signal() -> None:
    rare = [number % 20 == 0 for number in range(80)]
    many = [*rare[:40], *(number % 3 == 0 for number in range(40))]

    assert states((), (), recorded(rare, "escalated"), None)["escalations"] is SignalState.QUIET
    assert leading((), (), recorded(many, "escalated"), None) == ("escalations to people have doubled",)


def test_recorded_retries_far_above_the_usual_for_two_days_are_a_signal() -> None:
    usual = [number % 2 for number in range(80)]

    assert states((), (), recorded(usual, "retries"), None)["retries"] is SignalState.QUIET
    assert "more retries a run than usual, two days running" in leading(
        (), (), recorded([*usual, *[6] * 10], "retries"), None
    )


def test_requests_of_kinds_not_seen_before_are_a_signal_above_a_fifth() -> None:
    def kinds(new: int) -> list[OutcomeRecord]:
        return recorded([*["refund", "Delivery"] * 30, *["delivery"] * (40 - new), *["customs"] * new], "request_type")

    assert states((), (), kinds(8), None)["new kinds of requests"] is SignalState.QUIET
    assert leading((), (), kinds(9), None) == (
        "more than a fifth of the requests of four weeks are of kinds not seen before",
    )
    assert states((), (), kinds(9)[-40:], None)["new kinds of requests"] is SignalState.YOUNG


def test_a_new_model_is_a_signal_until_it_has_qualified() -> None:
    assert states((), (), runs(10), None)["changes of the model"] is SignalState.QUIET
    assert leading((), (), runs(10), None, date(2026, 11, 2)) == ("the model changed on 2026-11-02",)
