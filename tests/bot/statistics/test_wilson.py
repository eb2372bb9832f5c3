"""Wilson's bounds against the reference's values and against SciPy."""

from __future__ import annotations

import pytest
import scipy  # its modules come when they are used
from hypothesis import given
from hypothesis import strategies as st

from bot.statistics.wilson import lower_bound, runs_needed, upper_bound


@pytest.mark.parametrize(
    ("successes", "runs", "z", "bound"),
    [(48, 50, 1.645, 0.8861), (49, 49, 2.326, 0.9006), (97, 100, 2.326, 0.9003), (30, 30, 2.326, 0.8472)],
)
def test_the_lower_bound_has_the_references_values(successes: int, runs: int, z: float, bound: float) -> None:
    assert lower_bound(successes, runs, z) == pytest.approx(bound, abs=5e-5)


@given(st.integers(1, 500), st.floats(0, 1), st.floats(0.5, 4))
def test_both_bounds_are_those_of_scipys_two_sided_interval(runs: int, share: float, z: float) -> None:
    successes = round(runs * share)
    level = 2 * scipy.stats.norm.cdf(z) - 1

    interval = scipy.stats.binomtest(successes, runs).proportion_ci(level, method="wilson")

    assert lower_bound(successes, runs, z) == pytest.approx(interval.low, abs=1e-9)
    assert upper_bound(successes, runs, z) == pytest.approx(interval.high, abs=1e-9)


@pytest.mark.parametrize(
    ("bar", "needed"),
    [(0.80, [22, 31, 40, 47, 62]), (0.90, [49, 68, 84, 100, 130]), (0.95, [103, 140, 174, 206, 266])],
)
def test_the_runs_needed_for_0_1_2_3_and_5_failures(bar: float, needed: list[int]) -> None:
    assert [runs_needed(bar, failures) for failures in (0, 1, 2, 3, 5)] == needed


def test_without_a_run_there_is_no_bound() -> None:
    assert lower_bound(0, 0) is None
    assert upper_bound(0, 0) is None


def test_all_successes_and_none_have_bounds_within_0_and_1() -> None:
    assert upper_bound(30, 30) == pytest.approx(1.0)
    assert lower_bound(0, 30) == pytest.approx(0.0)


@pytest.mark.parametrize(("bar", "most"), [(0.80, 20), (0.90, 24), (0.95, 26)])
def test_the_backstops_upper_bound_is_under_the_bar_up_to_the_references_counts(bar: float, most: int) -> None:
    assert max(good for good in range(31) if (upper_bound(good, 30) or 1) < bar) == most
