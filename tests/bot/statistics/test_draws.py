"""Seeded draws by the inverse of their distribution: against SciPy and NumPy, and the same on every machine."""

from __future__ import annotations

import numpy
import pytest
import scipy  # its modules come when they are used
from hypothesis import given
from hypothesis import strategies as st

from bot.statistics.draws import Triangle, beta, quantile, triangular, uniforms

SHARES = [step / 400 for step in range(1, 400)]


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 9), (2, 5), (4, 2.5), (9, 1), (49, 3), (200, 40), (1_000, 1_000)])
def test_draws_of_a_beta_are_its_quantiles_but_for_the_thinnest_ends(a: float, b: float) -> None:
    inner = [share for share in SHARES if 0.01 < share < 0.99]

    assert beta(inner, a, b) == pytest.approx(scipy.stats.beta.ppf(inner, a, b), abs=5e-5)
    assert beta(SHARES, a, b) == pytest.approx(scipy.stats.beta.ppf(SHARES, a, b), abs=2e-3)


@pytest.mark.parametrize(("a", "b"), [(1, 9), (4, 2.5), (49, 3)])
def test_many_draws_of_a_beta_have_its_mean_and_spread(a: float, b: float) -> None:
    drawn = beta([(step + 0.5) / 20_000 for step in range(20_000)], a, b)

    assert numpy.mean(drawn) == pytest.approx(scipy.stats.beta.mean(a, b), rel=1e-3)
    assert numpy.std(drawn) == pytest.approx(scipy.stats.beta.std(a, b), rel=5e-3)


@given(st.lists(st.floats(0, 1_000), min_size=3, max_size=3, unique=True))
def test_draws_of_a_triangle_are_its_quantiles(corners: list[float]) -> None:
    low, mode, high = sorted(corners)
    expected = scipy.stats.triang.ppf(SHARES, (mode - low) / (high - low), low, high - low)

    assert triangular(SHARES, Triangle(low, mode, high)) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_a_triangle_without_a_spread_is_its_mode_and_one_out_of_order_is_none() -> None:
    assert triangular([0.1, 0.9], Triangle(5, 5, 5)) == [5, 5]
    with pytest.raises(ValueError, match="not a triangle"):
        Triangle(5, 4, 6)


def test_a_triangle_keeps_its_shape_at_another_size() -> None:
    assert Triangle(1, 2, 6).times(10) == Triangle(10, 20, 60)
    assert Triangle(1, 2, 6).mean == 3


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0, 0.999))
def test_quantiles_are_numpys_linear_ones(values: list[float], share: float) -> None:
    ordered = sorted(values)

    assert quantile(ordered, share) == pytest.approx(float(numpy.quantile(ordered, share)), rel=1e-9, abs=1e-6)


def test_the_same_workflow_and_input_draw_the_same_numbers_and_others_do_not() -> None:
    assert uniforms("code review", "minutes", 3) == uniforms("code review", "minutes", 3)
    assert uniforms("code review", "minutes", 3) != uniforms("code review", "volume", 3)
    assert uniforms("ab", "c", 3) != uniforms("a", "bc", 3)
    assert all(0 <= number < 1 for number in uniforms("code review", "minutes"))
