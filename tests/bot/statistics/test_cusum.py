"""What pulls responsibility back: the CUSUM against likelihoods from SciPy, and the backstop."""

from __future__ import annotations

import pytest
import scipy  # its modules come when they are used
from hypothesis import given
from hypothesis import strategies as st

from bot.statistics.cusum import ALARM, Cusum, has_dropped, is_under_bar, rates

runs = st.lists(st.booleans(), min_size=1, max_size=60)


@given(runs, st.floats(0.8, 0.99), st.floats(0.3, 0.75))
def test_the_sum_is_the_best_evidence_of_any_stretch_that_ends_now(
    outcomes: list[bool], good: float, bad: float
) -> None:
    cusum = Cusum(good, bad)
    evidence = scipy.stats.bernoulli.logpmf(outcomes, bad) - scipy.stats.bernoulli.logpmf(outcomes, good)

    alarms = [cusum.add(success) for success in outcomes]

    stretches = [sum(evidence[start:]) for start in range(len(outcomes) + 1)]
    assert cusum.sum == pytest.approx(max(stretches), abs=1e-9)
    assert alarms[-1] == (cusum.sum >= ALARM)


def test_a_stage_is_watched_at_the_rate_it_was_granted_on() -> None:
    assert rates(0.9, promoted_at=0.96) == pytest.approx((0.96, 0.89))
    assert rates(0.9, promoted_at=None) == pytest.approx((0.97, 0.9))
    assert rates(0.8, promoted_at=1.0) == pytest.approx((0.99, 0.8))


def test_a_good_stage_sounds_no_alarm_and_a_fallen_one_does() -> None:
    steady = [number % 25 != 0 for number in range(1, 201)]  # 96 of 100

    assert not has_dropped(steady, 0.9, promoted_at=0.96)
    assert has_dropped([*steady, *([True, False] * 10)], 0.9, promoted_at=0.96)


def test_an_alarm_that_sounded_once_is_not_forgotten() -> None:
    assert has_dropped([*([False] * 10), *([True] * 500)], 0.9)


def test_the_backstop_looks_at_the_last_30_runs_and_needs_all_of_them() -> None:
    assert is_under_bar([True] * 100 + [True] * 24 + [False] * 6, 0.9)
    assert not is_under_bar([True] * 25 + [False] * 5, 0.9)
    assert not is_under_bar([False] * 29, 0.9)
