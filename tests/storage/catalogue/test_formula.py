"""Formulas: exact arithmetic, nulls, and what they say of themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.catalogue import METRICS, metric
from storage.catalogue.formula import M, plain
from storage.errors import InvalidQuery

COUNTS = st.integers(0, 10**18)


def test_a_ratio_without_divisor_is_null_and_null_makes_null() -> None:
    ratio = M("a") / M("b")
    assert ratio.value({"a": 3, "b": 0}) is None
    assert ratio.value({"a": None, "b": 2}) is None
    assert (ratio + M("c")).value({"a": 1, "b": 0, "c": 1}) is None
    assert (Fraction(1, 2) * M("a")).value({"a": None}) is None


def test_a_measure_without_rows_is_zero() -> None:
    assert (M("a") - M("b")).value({"a": 4}) == 4


@given(a=COUNTS, b=COUNTS, c=COUNTS)
def test_whole_sums_stay_exact(a: int, b: int, c: int) -> None:
    weighted = M("a") + Fraction(1, 10) * M("b") + 5 * M("c")
    assert weighted.value({"a": a, "b": b, "c": c}) == Fraction(10 * a + b + 50 * c, 10)


def test_sums_of_floats_are_taken_as_they_are() -> None:
    assert (Fraction(1, 4) * M("a")).value({"a": 2.0}) == 0.5
    assert (M("a") / M("b")).value({"a": 1.5, "b": 2}) == 0.75


def test_of_tokens_that_are_all_read_from_a_cache_none_is_fresh_and_of_none_reported_that_is_unknown() -> None:
    fresh = metric("fresh_tokens").formula
    assert fresh.value({"input": None, "cached": 100, "cache_write": None, "output": None}) == 0
    assert fresh.value({"input": None, "cached": None, "cache_write": None, "output": None}) is None
    assert fresh.value({"input": 7, "cached": None, "cache_write": None, "output": 2}) == 9


def test_a_figure_is_plain_where_it_is_shown() -> None:
    assert plain(Fraction(6, 2)) == 3
    assert isinstance(plain(Fraction(6, 2)), int)
    assert plain(Fraction(1, 3)) == pytest.approx(1 / 3)
    assert plain(None) is None


def test_a_formula_is_written_as_people_write_it() -> None:
    assert str((M("a") + M("b")) / (M("c") - M("d"))) == "(a + b) ÷ (c − d)"
    assert str(Fraction(1, 10) * M("a") + 5 * M("b")) == "0.1 · a + 5 · b"


def test_a_plain_ratio_is_made_of_two_sums_and_of_nothing_else() -> None:
    assert metric("cost/requests").formula.value({"cost_nano": 3 * 10**9, "requests": 2}) == Fraction(3, 2)
    for name in ("cost/headcount", "adoption_rate/tokens", "tokens/", "tokens/nothing", "a/b/c"):
        with pytest.raises(InvalidQuery):
            metric(name)


def test_every_metric_has_what_a_catalogue_must_say() -> None:
    for name, found in METRICS.items():
        assert found.name == name
        assert found.label
        assert found.description.endswith(".")
        assert found.better in ("", "up", "down")
        assert found.measures, name
