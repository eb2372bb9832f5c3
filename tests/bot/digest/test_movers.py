"""What a digest names: verdicts, the rule over many series, and how often it is wrong or right on the test bed."""

from __future__ import annotations

import pytest

from bot.digest.movers import Judged, changed
from bot.digest.value import Breadth
from bot.statistics.weekly import usual
from tests.bot.digest.bed import Rates, rates
from tests.sampling import sampled, size

USUAL = usual([10, 12, 11, 13, 12, 11, 12, 13, 12, 11, 12, 12])
SEED = 2026
DIGESTS, STEPS = size(1_500, 4_000), size(300, 800)


def judged(value: float, breadth_p: float | None) -> Judged:
    assert USUAL is not None
    return Judged(metric="tokens_per_employee", value=value, usual=USUAL, breadth_p=breadth_p)


@pytest.fixture(scope="module")
def measured() -> Rates:
    return rates(SEED, DIGESTS, STEPS)


@sampled
def test_an_ordinary_week_names_a_mover_in_at_most_five_of_a_hundred_digests(measured: Rates) -> None:
    assert measured.false_alarms <= 0.05


@sampled
def test_a_lasting_doubling_in_a_team_of_twenty_is_named_within_three_digests_in_four_of_five(measured: Rates) -> None:
    assert measured.hits >= 0.80


@sampled
def test_an_ordinary_week_speaks_of_a_sustained_shift_in_at_most_one_of_a_hundred_digests(measured: Rates) -> None:
    assert measured.false_runs <= 0.01


@sampled
def test_a_bare_percentage_would_cry_wolf_in_most_ordinary_weeks(measured: Rates) -> None:
    assert measured.bare_false_alarms > 0.5


def test_level_and_breadth_together_are_team_wide_and_each_alone_says_less() -> None:
    assert judged(30, 0.001).verdict is Breadth.TEAM_WIDE
    assert judged(30, 0.5).verdict is Breadth.FEW
    assert judged(30, None).verdict is Breadth.FEW
    assert judged(12, 0.001).verdict is Breadth.A_LITTLE


def test_one_p_stands_for_both_tests_and_costs_double() -> None:
    assert judged(12, 0.004).p == 0.008
    assert judged(12, 0.9).p == 1.0
    assert judged(30, None).p == 2 * judged(30, None).level_p


def test_a_value_off_its_limits_alone_is_not_named_where_chance_explains_it_among_many() -> None:
    assert USUAL is not None
    edge = USUAL.high * 1.001
    quiet = [judged(12, 0.8) for _ in range(9)]

    assert changed([judged(edge, None)]) == [judged(edge, None)]
    assert changed([judged(edge, None), *quiet]) == []


def test_a_small_p_without_a_signal_of_its_own_is_not_named() -> None:
    assert USUAL is not None
    inside = USUAL.high * 0.999

    assert judged(inside, 0.02).p <= 0.05
    assert changed([judged(inside, 0.02)]) == []


def test_at_most_three_are_named_the_surest_first() -> None:
    series = [judged(12, p) for p in (0.004, 0.001, 0.003, 0.002)]

    assert [mover.breadth_p for mover in changed(series)] == [0.001, 0.002, 0.003]
