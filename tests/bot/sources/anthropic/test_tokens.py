"""Classes of tokens: none is told twice, and none is lost, when what persons used is taken out of a key's row."""

from __future__ import annotations

from bot.sources.anthropic.tokens import NONE, added, counts, of_row, taken_out
from tests.bot.sources.anthropic.rows import message


def test_what_persons_used_is_taken_out_class_by_class_and_the_rest_waits_for_another_row() -> None:
    row = of_row(message(100, 20, 5, 10, 7))

    left, still = taken_out(row, (30, 50, 12, 0, 7))

    assert left == (70, 0, 0, 3, 0)  # writes of five minutes go first, then those of an hour
    assert still == (0, 30, 0, 0, 0)
    assert sum(left) + 30 + 20 + 12 + 7 == sum(row)
    assert taken_out(row, NONE) == (row, NONE)


def test_sums_and_a_record_have_every_class() -> None:
    assert added((1, 2, 3, 4, 5), (10, 20, 30, 40, 50)) == (11, 22, 33, 44, 55)
    assert counts((1, 2, 3, 4, 5)) == {
        "input_tokens": 1,
        "cached_input_tokens": 2,
        "cache_write_tokens": 7,
        "cache_write_1h_tokens": 4,
        "output_tokens": 5,
    }
    assert counts((1, 2, 3, 0, 5), hour=None)["cache_write_1h_tokens"] is None
