"""When a weekly figure really changed: against hand-computed and exhaustive references, and against SciPy."""

from __future__ import annotations

from itertools import product
from math import exp, isclose, log
from random import Random

import pytest
import scipy  # its modules come when they are used
from hypothesis import given
from hypothesis import strategies as st

from bot.statistics.weekly import LEAST_RANGE, benjamini_hochberg, breadth_p, run_length, student_tail, usual

WEEKS = [10, 12, 11, 13, 12, 11, 12, 13]


def test_the_usual_range_is_that_of_the_test_vector() -> None:
    known = usual(WEEKS)

    assert known is not None
    assert (round(known.centre, 2), round(known.low, 2), round(known.high, 2)) == (11.71, 8.74, 15.69)
    assert (known.holds(14), known.holds(16)) == (True, False)


def test_seven_weeks_make_no_range_and_absent_or_empty_weeks_do_not_count() -> None:
    assert usual(WEEKS[:7]) is None
    assert usual([*WEEKS[:7], None, 0.0]) is None
    assert usual([None, *WEEKS]) == usual(WEEKS)


def test_only_the_last_twelve_weeks_count() -> None:
    assert usual([1e9, *WEEKS, *WEEKS[:4]]) == usual([*WEEKS, *WEEKS[:4]])


def test_a_steady_series_keeps_the_least_range() -> None:
    known = usual([5.0] * 12)

    assert known is not None
    assert isclose(known.high, 5 * exp(2.66 * LEAST_RANGE))


def test_a_week_without_any_use_is_the_least_likely() -> None:
    known = usual(WEEKS)

    assert known is not None
    assert known.level_p(0) == 0


@pytest.mark.parametrize(
    ("t", "freedom", "tail"),
    [
        (1.0, 1.0, 0.25),  # Cauchy: 1/2 - atan(1)/pi
        (2.0, 2.0, (1 - 2 / 6**0.5) / 2),  # closed form for two degrees
        (2.201, 11.0, 0.025),  # the tables' 97.5th percentile
        (3.106, 11.0, 0.005),
        (0.0, 4.3, 0.5),
    ],
)
def test_students_tail_is_that_of_closed_forms_and_tables(t: float, freedom: float, tail: float) -> None:
    assert isclose(student_tail(t, freedom), tail, rel_tol=1e-3)


def test_students_tail_is_the_integral_of_its_density_for_broken_degrees_of_freedom() -> None:
    freedom, t = 6.82, 1.7  # 0.62 × 11
    step = 0.002
    # Without the constant, over the whole line by the midpoint rule.
    heights = [(1 + (x * x) / freedom) ** (-(freedom + 1) / 2) for x in (step * (n + 0.5) for n in range(200_000))]
    beyond = sum(heights[int(t / step) :])

    assert isclose(student_tail(t, freedom), beyond / (2 * sum(heights)), rel_tol=1e-4)


@given(st.floats(0, 60), st.floats(0.62, 200))
def test_students_tail_is_scipys(t: float, freedom: float) -> None:
    assert isclose(student_tail(t, freedom), scipy.stats.t.sf(t, freedom), rel_tol=1e-6, abs_tol=1e-300)


def test_the_level_test_doubles_the_tail() -> None:
    known = usual(WEEKS)

    assert known is not None
    z = (log(16) - known.mean) / (known.moving_range / 1.128)
    assert isclose(known.level_p(16), 2 * student_tail(z, 0.62 * 7))


def all_signs(shifts: list[float]) -> float:
    """The two-sided p by looking at every choice of signs."""
    sizes = sorted(abs(shift) for shift in shifts)
    rank = {
        size: sum(sizes.index(size) + n + 1 for n in range(sizes.count(size))) / sizes.count(size) for size in sizes
    }
    ranks = [rank[abs(shift)] for shift in shifts]
    middle = sum(ranks) / 2
    off = abs(sum(r for r, shift in zip(ranks, shifts, strict=True) if shift > 0) - middle)
    sums = [sum(r for r, up in zip(ranks, signs, strict=True) if up) for signs in product((0, 1), repeat=len(ranks))]
    return sum(abs(total - middle) >= off - 1e-9 for total in sums) / len(sums)


@given(st.lists(st.integers(-6, 6).filter(bool), min_size=8, max_size=11))
def test_breadth_is_exact_with_ties(shifts: list[int]) -> None:
    assert isclose(breadth_p(shifts) or 0, all_signs([float(shift) for shift in shifts]))


@given(st.lists(st.floats(-5, 5).filter(bool), min_size=8, max_size=25, unique_by=abs))
def test_breadth_of_up_to_25_pairs_is_scipys_exact_test(shifts: list[float]) -> None:
    assert isclose(breadth_p(shifts) or 0, scipy.stats.wilcoxon(shifts, method="exact").pvalue, rel_tol=1e-9)


@given(st.lists(st.integers(-9, 9), min_size=26, max_size=60).filter(lambda shifts: sum(map(bool, shifts)) > 25))
def test_breadth_of_more_pairs_is_scipys_normal_test_with_ties_and_zeros(shifts: list[int]) -> None:
    expected = scipy.stats.wilcoxon(shifts, zero_method="wilcox", correction=True, method="asymptotic").pvalue

    assert isclose(breadth_p(shifts) or 0, expected, rel_tol=1e-6, abs_tol=1e-12)


def test_all_of_eight_rising_is_two_of_256() -> None:
    assert breadth_p([1, 2, 3, 4, 5, 6, 7, 8]) == 2 / 256


def test_fewer_than_eight_people_are_not_tested_and_nobody_moving_is_no_signal() -> None:
    assert breadth_p([1.0] * 7) is None
    assert breadth_p([0.0] * 8) == 1.0


def test_above_25_pairs_the_normal_comes_close_to_the_exact() -> None:
    random = Random(3)
    shifts = [random.gauss(0.3, 1) for _ in range(25)]
    exact = breadth_p(shifts)
    approximate = breadth_p([*shifts, 1e-9])  # the smallest rank, to the side that hardly counts

    assert exact is not None
    assert approximate is not None
    assert abs(exact - approximate) < 0.03


def test_benjamini_hochberg_passes_the_largest_step_and_all_below_it() -> None:
    # Thresholds .0125, .025, .0375, .05: the third passes and takes the second with it.
    assert benjamini_hochberg([0.9, 0.03, 0.037, 0.001]) == [False, True, True, True]
    assert benjamini_hochberg([0.02, 0.9, 0.9, 0.9]) == [False] * 4
    assert benjamini_hochberg([]) == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_benjamini_hochberg_is_scipys(p_values: list[float]) -> None:
    adjusted = scipy.stats.false_discovery_control(p_values) if p_values else []
    near = [abs(p - 0.05) < 1e-9 for p in adjusted]  # on the very threshold rounding decides

    passing = benjamini_hochberg(p_values)

    assert all(passes == (p <= 0.05) or edge for passes, p, edge in zip(passing, adjusted, near, strict=True))


def test_a_run_is_counted_from_the_newest_week_back_to_the_first_on_the_other_side() -> None:
    mean = log(10)

    assert run_length([9, 11, 12, 13], mean) == 3
    assert run_length([11, 9, 8], mean) == -2
    assert run_length([11, 12, 10], mean) == 0
    assert run_length([], mean) == 0
