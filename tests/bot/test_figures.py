"""How a figure is written: exact enough to copy, short enough to read."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import NOTHING, figure, in_currency
from storage.catalogue import Unit


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (1_234_567.5, Unit.TOKENS, "1,234,568"),
        (99.5, Unit.TOKENS, "99.50"),
        (100.4, Unit.TOKENS, "100"),
        (7, Unit.TOKENS, "7"),
        (0.123456, Unit.TOKENS, "0.1235"),
        (0, Unit.TOKENS, "0"),
        (-1_234, Unit.TOKENS, "-1,234"),
        (3.1, Unit.USD, "$3.10"),
        (-3.1, Unit.USD, "-$3.10"),
        (0.000_012_34, Unit.USD, "$0.000012"),
        (0.0, Unit.USD, "$0.00"),
        (1_234.567, "EUR", "€1,234.57"),
        (5, "CHF per person", "CHF 5.00"),
        (0.42, Unit.FRACTION, "42.0%"),
        (0.000_034, Unit.FRACTION, "0.0034%"),
        (-0.5, Unit.FRACTION, "-50.0%"),
        ("yes", "", "yes"),
    ],
)
def test_a_figure_is_written_by_its_unit(value: float | str, unit: str, written: str) -> None:
    assert figure(value, unit) == written


@pytest.mark.parametrize("value", [None, "", math.nan, math.inf, -math.inf])
def test_what_is_no_figure_is_a_dash(value: float | str | None) -> None:
    assert figure(value, Unit.TOKENS) == NOTHING


@pytest.mark.parametrize(
    ("unit", "currency", "becomes"),
    [
        ("USD", "EUR", "EUR"),
        ("USD per person", "EUR", "EUR per person"),
        ("USD", "", "USD"),
        ("tokens", "EUR", "tokens"),
    ],
)
def test_a_unit_of_money_is_told_in_another_currency(unit: str, currency: str, becomes: str) -> None:
    assert in_currency(unit, currency) == becomes


@given(st.floats(0.005, 1e12))
def test_money_from_half_a_cent_on_reads_back_to_the_cent(value: float) -> None:
    read = float(figure(value, Unit.USD).removeprefix("$").replace(",", ""))
    assert read == pytest.approx(value, abs=0.005_01)


@given(st.floats(1e-9, 0.005, exclude_max=True))
def test_money_of_less_keeps_two_digits(value: float) -> None:
    assert float(figure(value, Unit.USD).removeprefix("$")) == pytest.approx(value, rel=0.06)
