"""Experiments: realised hours with an interval, quality, and how good the predictions were."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.advice.experiments import TrialWeek, calibration, displaced, routed, trial_days, verdict
from bot.advice.values import Hours

PREDICTED = Hours(p10=3, p50=6, p90=10)


def week(by_ai: int, items: int = 50, ai_minutes: float = 10, minutes: float = 30, accepted: float = 0.95) -> TrialWeek:
    hand = items - by_ai
    return TrialWeek(
        items=items,
        by_ai=by_ai,
        ai_hours=by_ai * ai_minutes / 60,
        hand_items=hand,
        hand_hours=hand * minutes / 60,
        accepted=round(by_ai * accepted),
    )


def test_what_was_realised_is_the_minutes_that_ai_took_off_people() -> None:
    found = verdict("w", PREDICTED, [week(5)] * 4, [week(23)] * 4)

    assert found is not None
    assert found["realised"]["p50"] == pytest.approx((23 - 5) * 20 / 60)
    assert (found["inside"], found["verdict"]) == (True, "as predicted")


def test_weeks_that_differ_give_an_interval() -> None:
    found = verdict("w", PREDICTED, [week(5)] * 4, [week(by_ai) for by_ai in (8, 15, 25, 40)])

    assert found is not None
    assert found["realised"]["p10"] < found["realised"]["p50"] < found["realised"]["p90"]


def test_work_that_would_not_have_been_done_is_no_time_saved() -> None:
    found = verdict("w", PREDICTED, [week(0)] * 4, [week(50, items=100)] * 4)

    assert found is not None
    assert found["realised"]["p50"] == pytest.approx(50 * 20 / 60 / 2, abs=0.01)


def test_a_trial_that_made_no_difference_is_less_than_predicted() -> None:
    found = verdict("w", PREDICTED, [week(5)] * 4, [week(5)] * 4)

    assert found is not None
    assert (found["inside"], found["verdict"], found["realised"]["p50"]) == (False, "less than predicted", 0)


def test_quality_held_unless_it_fell_by_more_than_chance_explains() -> None:
    held = verdict("w", PREDICTED, [week(20)] * 4, [week(20, accepted=0.9)] * 4)
    fell = verdict("w", PREDICTED, [week(20)] * 4, [week(20, accepted=0.7)] * 4)

    assert held is not None
    assert fell is not None
    assert (held["quality"]["held"], fell["quality"]["held"]) == (True, False)


def test_too_few_weeks_or_nothing_by_hand_give_no_verdict() -> None:
    assert verdict("w", PREDICTED, [week(5)], [week(20)] * 4) is None
    assert verdict("w", PREDICTED, [week(50)] * 4, [week(50)] * 4) is None


def test_a_trial_runs_for_four_whole_weeks() -> None:
    assert trial_days(date(2026, 11, 18)) == (date(2026, 11, 23), date(2026, 12, 20))
    assert trial_days(date(2026, 11, 16)) == (date(2026, 11, 16), date(2026, 12, 13))


def ended(realised: float) -> dict[str, Any]:
    return {"inside": 3 <= realised <= 10, "realised": {"p50": realised}, "predicted": {"p50": 6.0}}


def test_calibration_is_the_share_inside_and_the_usual_miss() -> None:
    found = calibration([ended(5), ended(7), ended(1), ended(4), {"verdict": "too little work"}])

    assert (found.verdicts, found.inside, found.bias, found.factor) == (4, 0.75, -1.5, 1.0)


def test_intervals_widen_by_half_where_fewer_than_60_percent_were_inside() -> None:
    assert calibration([ended(5), ended(1), ended(0)]).factor == 1.5
    assert calibration([ended(5), ended(5), ended(5), ended(0), ended(0)]).factor == 1.0
    assert calibration([]).factor == 1.0


def test_calibration_is_said_in_a_sentence() -> None:
    assert calibration([]).text() == ""
    assert "33% of 3 trials" in calibration([ended(5), ended(1), ended(0)]).text()
    assert "1.5 times as wide" in calibration([ended(5), ended(1), ended(0)]).text()
    assert "off by +1.0 hours" in calibration([ended(7)]).text()


def test_a_verdict_keeps_what_the_trial_showed_of_routing_and_of_new_work() -> None:
    found = verdict("w", PREDICTED, [week(5)] * 4, [week(30, items=60)] * 4)

    assert found is not None
    assert found["routed"] == [96, 216]  # 4 × (30 − 60 × 5/50) of 4 × (60 − 6)
    assert found["displaced"] == [100, 120]  # 50 of 60 a week were there before


def test_what_a_trial_routed_counts_only_what_was_by_hand_before() -> None:
    before = [TrialWeek(items=100, by_ai=20)] * 4
    trial = [TrialWeek(items=100, by_ai=60)] * 4

    assert routed(before, trial) == (160, 320)
    assert routed(before, before) == (0, 320)
    assert routed([], trial) == (0, 0)


def test_runs_beyond_the_volume_before_are_new_work() -> None:
    before = [TrialWeek(items=100, by_ai=20)] * 4

    assert displaced(before, [TrialWeek(items=100, by_ai=60)] * 4) == (240, 240)
    assert displaced(before, [TrialWeek(items=200, by_ai=100)] * 4) == (200, 400)
    assert displaced([], [TrialWeek(items=100, by_ai=60)]) == (0, 0)
