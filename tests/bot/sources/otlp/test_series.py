"""Series: what is cumulative becomes differences, whatever comes twice, late or in another order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.otlp import series
from bot.sources.otlp.observations import Group, Measure, Point, Use
from bot.sources.otlp.series import KEPT_QUARTERS, QUARTER_MS, State
from tests.sampling import sampled, size

NINE = round(datetime(2026, 11, 5, 9, tzinfo=UTC).timestamp() * 1000)
MINUTE, HOUR = 60_000, 3_600_000


def point(time: int, value: int, start: int | None = 0, *, cumulative: bool = True, name: bytes = b"a") -> Point:
    """A point so many milliseconds after nine; `start` None is one that is not told."""
    began = 0 if start is None else NINE + start
    return Point(name, Measure.INPUT, 2, cumulative, began, NINE + time, value)


def total(*points: Point, state: State | None = None) -> int:
    held = state or State(Group(Use("gemini_cli"), "g-1", False), {})
    held.add(points)
    return sum(amount for sums in held.sums().values() for amount in sums.values())


def test_a_cumulative_series_counts_its_rises() -> None:
    assert total(point(MINUTE, 100), point(2 * MINUTE, 260), point(3 * MINUTE, 260)) == 260


def test_a_later_start_is_a_restart_and_its_value_counts_in_full() -> None:
    assert total(point(MINUTE, 260), point(31 * MINUTE, 40, 30 * MINUTE)) == 300


def test_a_value_that_falls_is_a_restart_too() -> None:
    assert total(point(MINUTE, 260), point(2 * MINUTE, 40), point(3 * MINUTE, 50)) == 310


def test_a_young_counter_counts_from_its_start_and_an_old_one_only_gives_a_base() -> None:
    assert total(point(MINUTE, 500, -HOUR)) == 500
    assert total(point(MINUTE, 500, -90 * HOUR)) == 0
    assert total(point(MINUTE, 500, -90 * HOUR), point(2 * MINUTE, 510, -90 * HOUR)) == 10


def test_a_counter_that_tells_no_start_only_gives_a_base_and_restarts_where_it_falls() -> None:
    assert total(point(MINUTE, 100, None), point(2 * MINUTE, 260, None), point(3 * MINUTE, 40, None)) == 200


def test_two_processes_that_look_alike_are_told_apart_by_their_start() -> None:
    one = [point(minute * MINUTE, minute * 10) for minute in range(1, 5)]
    other = [point(minute * MINUTE, minute * 7, 5_000) for minute in range(1, 5)]
    assert total(*(told for pair in zip(one, other, strict=True) for told in pair)) == 40 + 28


def test_a_rise_counts_in_the_quarter_of_an_hour_in_which_it_was_seen() -> None:
    state = State(Group(Use("gemini_cli"), "g-1", False), {})
    state.add([point(5 * MINUTE, 100), point(20 * MINUTE, 160)])

    first = NINE // QUARTER_MS
    assert state.sums() == {first: {Measure.INPUT: 100}, first + 1: {Measure.INPUT: 60}}


def test_deltas_add_up_and_one_that_comes_twice_counts_once() -> None:
    once = point(MINUTE, 100, cumulative=False)
    assert total(once, point(2 * MINUTE, 50, MINUTE, cumulative=False), once) == 150


RUNS = st.lists(
    st.lists(st.integers(0, 1_000), min_size=1, max_size=12),  # rises of a counter from minute to minute
    min_size=1,
    max_size=3,
)


@sampled
@settings(max_examples=size(40, 150))
@given(RUNS, st.randoms(use_true_random=False), st.booleans())
def test_any_order_any_repetition_and_any_cut_into_requests_come_to_the_same(
    runs: list[list[int]], chance: object, cumulative: bool
) -> None:
    points, at = [], 0
    for rises in runs:
        start, value = at, 0
        for rise in rises:
            before, at = at, at + 4 * MINUTE
            value = value + rise if cumulative else rise
            points.append(point(at, value, start if cumulative else before, cumulative=cumulative))
    wanted = State(Group(Use("gemini_cli"), "g-1", False), {})
    wanted.add(points)

    shuffled = points + points[::2]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    state = State(Group(Use("gemini_cli"), "g-1", False), {})
    for place in range(0, len(shuffled), 3):
        state.add(shuffled[place : place + 3])
        state.settle()
        state = series.unpack(series.pack(state))

    assert state.sums() == wanted.sums()
    assert sum(amount for held in state.sums().values() for amount in held.values()) == sum(map(sum, runs))


def test_a_series_stays_small_however_long_it_goes_on() -> None:
    state = State(Group(Use("service"), "", False), {})
    for day in range(30):
        for quarter in range(96):
            at = (day * 96 + quarter) * QUARTER_MS
            state.add([point(at + 1, (at // QUARTER_MS) * 10), point(at + MINUTE, (at // QUARTER_MS) * 10 + 5)])
        state.settle()

    assert len(state.tracks[b"a"].points) <= 2 * (KEPT_QUARTERS + 1) + 1
    newest = max(state.sums())
    assert state.sums()[newest] == {Measure.INPUT: 10}  # what went before is still known


def test_what_is_later_than_two_days_is_left_out_and_said_to_be_late() -> None:
    state = State(Group(Use("service"), "", False), {})
    state.add([point(0, 10, cumulative=False), point(72 * HOUR, 10, 71 * HOUR, cumulative=False)])
    state.settle()

    assert state.add([point(HOUR, 99, cumulative=False)]) == 1
    assert sum(sums[Measure.INPUT] for sums in state.sums().values()) == 10


@pytest.mark.parametrize("cumulative", [True, False])
def test_a_state_is_the_same_after_it_was_kept(cumulative: bool) -> None:
    state = State(Group(Use("codex", model="gpt-5"), "s", False), {})
    state.add([point(MINUTE, 10, cumulative=cumulative), point(2 * MINUTE, 30, MINUTE, cumulative=cumulative)])

    assert series.unpack(series.pack(state)) == state
