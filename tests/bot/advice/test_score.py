"""The worked examples of the formula, and what must hold of any score."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.score import break_even, confidence, scored
from bot.advice.values import Grade, Hours, Inputs
from bot.statistics.draws import Triangle

DRAWS = 20_000
EXAMPLE = Inputs(
    key="worked example",
    volume=60,
    ai_share=0.0,
    exposure=1.0,
    minutes=Triangle(15, 25, 45),
    briefing=Triangle(1, 2, 4),
    review=Triangle(3, 6, 10),
    successes=27,
    verified=30,
)


def assert_hours(inputs: Inputs, hours: tuple[float, float, float], score: float) -> None:
    found = scored(inputs, DRAWS)
    assert (found.hours.p10, found.hours.p50, found.hours.p90) == pytest.approx(hours, abs=0.3)
    assert found.score(1.0) == pytest.approx(score, abs=1)


def test_the_worked_example_with_27_of_30_verified() -> None:
    assert_hours(EXAMPLE, (4.4, 8.8, 15.4), 35)


def test_the_worked_example_with_errors_of_class_2_and_a_quick_check() -> None:
    assert_hours(replace(EXAMPLE, missed=(1 - 0.85) * 45), (3.9, 8.3, 14.8), 32)


def test_the_worked_example_without_evidence() -> None:
    assert_hours(replace(EXAMPLE, successes=0, verified=0), (0.9, 5.5, 12.0), 9)


def test_offloading_a_25_minute_task_with_8_minutes_of_overhead_breaks_even_at_a_third() -> None:
    assert break_even(25, 2, 6) == pytest.approx(0.32)
    assert break_even(10, 2, 6) == pytest.approx(0.80)


def test_the_same_workflow_gives_the_same_draws_and_another_one_others() -> None:
    scored.cache_clear()
    first = scored(EXAMPLE)
    scored.cache_clear()

    assert scored(EXAMPLE) == first
    assert scored(replace(EXAMPLE, key="another")).hours != first.hours


def test_data_that_are_half_ready_halve_the_score() -> None:
    assert scored(EXAMPLE).score(0.5) == pytest.approx(scored(EXAMPLE).score(1.0) / 2)


def test_work_that_no_model_helps_with_is_worth_nothing() -> None:
    assert scored(replace(EXAMPLE, exposure=0.0)).hours == Hours(p10=0, p50=0, p90=0)


def test_the_drivers_name_what_makes_it_worth_its_while() -> None:
    drivers = dict(scored(EXAMPLE).drivers)

    assert drivers["volume"] == pytest.approx(1 - 10 / 60, abs=0.01)
    assert drivers["minutes"] > 0.3
    assert "error cost" not in drivers
    assert dict(scored(replace(EXAMPLE, missed=36.0)).drivers)["error cost"] < 0


@settings(max_examples=20)
@given(more=st.integers(0, 120))
def test_more_verified_successes_never_lower_the_pessimistic_tenth(more: int) -> None:
    fewer = replace(EXAMPLE, successes=30, verified=33)
    richer = replace(fewer, successes=30 + more, verified=33 + more)

    assert scored(richer).hours.p10 >= scored(fewer).hours.p10 - 0.02


@pytest.mark.parametrize(
    ("hours", "grade", "expected"),
    [
        ((8, 10, 17), Grade.B, "high"),
        ((8, 10, 17), Grade.C, "medium"),
        ((4, 10, 24), Grade.A, "medium"),
        ((4, 10, 25), Grade.A, "low"),
        ((-4, -1, 1), Grade.A, "low"),
    ],
)
def test_confidence_asks_for_measured_inputs_and_a_narrow_interval(
    hours: tuple[float, float, float], grade: Grade, expected: str
) -> None:
    assert confidence(Hours(p10=hours[0], p50=hours[1], p90=hours[2]), grade) == expected


def test_a_wider_interval_keeps_its_middle() -> None:
    assert Hours(p10=4, p50=8, p90=14).wider(1.5) == Hours(p10=2, p50=8, p90=17)


def test_a_catalogue_of_25_workflows_is_scored_in_a_third_of_a_second() -> None:
    def seconds() -> float:
        scored.cache_clear()
        started = time.process_time()
        for number in range(25):
            scored(replace(EXAMPLE, key=f"workflow {number}", successes=number))
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.6  # 0.13 on the machine it was written on; others work on it too
