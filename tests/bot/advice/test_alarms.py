"""The rules behind the leading signals: far from its own usual, and silent where too little is known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.alarms import Counts, has_doubled, is_above_limits, is_often, is_spike

USUAL = [10.0, 11.0, 9.0, 10.5, 9.5, 10.0, 11.0, 9.0, 10.0, 10.0]


def test_two_days_far_above_four_weeks_are_a_spike_and_one_or_a_fall_is_none() -> None:
    assert is_spike([*USUAL, 30.0, 30.0])
    assert not is_spike([*USUAL, 10.0, 30.0])
    assert not is_spike([*USUAL, 0.0, 0.0])


def test_of_fewer_than_ten_days_nobody_can_tell() -> None:
    assert is_spike([*USUAL[:9], 30.0, 30.0]) is None


def test_only_the_four_weeks_before_count() -> None:
    assert is_spike([*([1_000.0, 0.0] * 50), *(USUAL * 3)[:28], 30.0, 30.0])


def test_a_series_that_never_moves_has_no_spike_unless_it_leaves_the_least_spread() -> None:
    assert not is_spike([1.0] * 20 + [1.1, 1.1])
    assert not is_spike([1.0] * 20 + [1.1, 1.1], least_spread=0.05)
    assert is_spike([1.0] * 20 + [2.0, 2.0], least_spread=0.05)


@given(st.lists(st.floats(0, 100), max_size=60), st.floats(0.1, 1_000))
def test_a_spike_is_one_in_any_unit(values: list[float], unit: float) -> None:
    assert is_spike([round(value, 3) for value in values]) == is_spike([round(value, 3) * 1024 for value in values])


def test_a_share_above_the_limits_of_its_weeks_is_told_from_eight_weeks_on() -> None:
    shares = [0.10, 0.12, 0.11, 0.10, 0.12, 0.11, 0.10, 0.12]

    assert is_above_limits([*shares, 0.20])
    assert not is_above_limits([*shares, 0.13])
    assert is_above_limits([*shares[1:], 0.20]) is None


def test_a_share_that_never_moved_may_move_a_little() -> None:
    assert not is_above_limits([0.10] * 12 + [0.12])
    assert is_above_limits([0.10] * 12 + [0.13])


def weeks(before: tuple[int, int], late: tuple[int, int]) -> Counts:
    """Twelve weeks, then four."""
    return [before] * 12 + [late] * 4


def test_twice_as_many_as_before_is_an_alarm_where_chance_does_not_explain_it() -> None:
    assert has_doubled(weeks((100, 5), (100, 15)))
    assert not has_doubled(weeks((100, 5), (100, 8)))
    assert not has_doubled(weeks((5, 1), (5, 2)))
    assert has_doubled(weeks((0, 0), (100, 15))) is None


def test_more_than_a_twentieth_is_often_and_where_asked_more_than_is_usual() -> None:
    assert is_often(weeks((100, 10), (100, 12)), with_usual=False)
    assert not is_often(weeks((100, 10), (100, 12)), with_usual=True)
    assert is_often(weeks((100, 1), (100, 12)), with_usual=True)
    assert not is_often(weeks((100, 1), (100, 4)), with_usual=False)
    assert is_often(weeks((100, 1), (4, 4)), with_usual=False) is None
