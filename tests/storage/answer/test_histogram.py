"""Bins of people: round edges, a group in each, every value where it belongs."""

from __future__ import annotations

import random

from storage.answer.histogram import Bin, binned


def test_bins_hold_a_group_each_and_every_value_once() -> None:
    chance = random.Random(11)
    for _ in range(200):
        values = [chance.lognormvariate(chance.uniform(0, 14), 2) for _ in range(chance.randrange(5, 90))]
        values += [0.0] * chance.randrange(3)
        bins = binned(values, 5)
        assert [interval.people for interval in bins] == [
            sum(interval.low <= value < (float("inf") if interval.high is None else interval.high) for value in values)
            for interval in bins
        ]
        assert sum(interval.people for interval in bins) == len(values)
        assert min(interval.people for interval in bins) >= 5
        assert [interval.high for interval in bins[:-1]] == [interval.low for interval in bins[1:]]


def test_the_last_bin_is_open_where_few_stand_apart_so_that_no_edge_tells_of_them() -> None:
    assert binned([1] * 5 + [3] * 6, 5) == (Bin(0.0, 1.5, 5), Bin(1.5, 3.5, 6))
    assert binned([1] * 5 + [3] * 6 + [9_000_000], 5) == (Bin(0.0, 2.0, 5), Bin(2.0, None, 7))
    assert binned([3] * 4, 5) == ()
