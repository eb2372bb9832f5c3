"""How a figure is written: exact enough to copy, short enough to read."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import NOTHING, counted, figure, in_currency, plural, points, short, times
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
        (-1_234, Unit.TOKENS, "−1,234"),
        (3.1, Unit.USD, "$3.10"),
        (-3.1, Unit.USD, "−$3.10"),
        (0.000_012_34, Unit.USD, "$0.0000123"),
        (0.0, Unit.USD, "$0.00"),
        (1_234.567, "EUR", "€1,234.57"),
        (5, "CHF per person", "CHF 5.00"),
        (0.42, Unit.FRACTION, "42.0%"),
        (0.000_034, Unit.FRACTION, "0.0034%"),
        (-0.5, Unit.FRACTION, "−50.0%"),
        ("yes", "", "yes"),
    ],
)
def test_a_figure_is_written_by_its_unit(value: float | str, unit: str, written: str) -> None:
    assert figure(value, unit) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (5_168_713, Unit.TOKENS, "5.17M"),
        (999_950, Unit.TOKENS, "1.00M"),
        (18_960_825, Unit.TOKENS, "19.0M"),
        (12_345_678_901, Unit.TOKENS, "12.3B"),
        (1_034.6, Unit.HOURS, "1.03k"),
        (43.43, Unit.HOURS, "43.4"),
        (86, Unit.PEOPLE, "86"),
        (1_160.66, Unit.USD, "$1.16k"),
        (18.92, Unit.USD, "$18.92"),
        (-237.3, Unit.USD, "−$237"),
        (0.0, Unit.USD, "$0"),
        (0.804, Unit.FRACTION, "80.4%"),
        (1, Unit.FRACTION, "100%"),
        (1.468, Unit.FRACTION, "147%"),
        (None, Unit.TOKENS, NOTHING),
    ],
)
def test_in_a_sentence_a_figure_has_three_digits(value: float | None, unit: str, written: str) -> None:
    assert short(value, unit) == written


def test_a_change_of_a_rate_is_told_in_points_without_a_sign() -> None:
    assert (points(-0.017), points(0.1)) == ("1.7 points", "10.0 points")


def test_what_is_counted_is_named_in_the_right_number() -> None:
    assert [counted(count, Unit.PEOPLE) for count in (1, 2)] == ["1 person", "2 people"]
    assert (counted(1_234_567, Unit.TOKENS), counted(7, Unit.USD)) == ("1.23M tokens", "$7.00")
    assert (plural(1, "row"), plural(1_200, "row")) == ("1 row", "1,200 rows")
    assert times(2.5) == "2.5 times"


@given(st.floats(0.01, 1e12))
def test_three_digits_read_back_to_within_half_of_the_last(value: float) -> None:
    said = short(value, Unit.RATIO)
    scale = {"k": 1e3, "M": 1e6, "B": 1e9}.get(said[-1], 1.0)
    assert float(said.rstrip("kMB").replace(",", "")) * scale == pytest.approx(value, rel=0.0051)


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
