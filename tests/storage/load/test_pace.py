"""A part of a long write takes about so many rows as are written in a moment."""

from __future__ import annotations

from storage.load.pace import FIRST, HOLD, LEAST, MOST, Pace


def test_the_next_part_is_larger_after_a_quick_one_and_smaller_after_a_slow_one_within_bounds() -> None:
    sizes = {}
    for seconds in (HOLD / 1.5, HOLD * 2, 0.0, HOLD * 100):
        pace = Pace()
        pace.took(seconds)
        sizes[seconds] = pace.size

    assert [*sizes.values()] == [FIRST * 3 // 2, FIRST // 2, FIRST * 2, FIRST // 4]
    for bound, seconds in ((LEAST, HOLD * 100), (MOST, 0.0)):
        for _ in range(9):
            pace.took(seconds)
        assert pace.size == bound
