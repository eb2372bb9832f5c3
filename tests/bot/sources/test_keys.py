"""Rows of a report are told apart by their words, and where these are alike by their place."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from bot.sources.keys import row_key, told_apart

DAY = date(2026, 11, 6)
ROW = {"model": "opus", "batch": False, "tokens": 7}


def test_a_key_is_the_day_and_the_words_of_a_row_in_any_order() -> None:
    assert row_key(DAY, ROW) == "2026-11-06|batch=False|model=opus"
    assert row_key(DAY, {**ROW, "tokens": 9}) == row_key(DAY, dict(reversed(ROW.items())))
    assert row_key(DAY, ROW, {"who": "ada"}) != row_key(DAY, ROW)


def test_rows_that_differ_have_keys_of_their_own_and_a_row_that_comes_twice_has_one() -> None:
    more: dict[str, Any] = {**ROW, "tokens": 9}

    def keys(*rows: dict[str, Any]) -> list[str]:
        return [key for key, _ in told_apart(rows, partial(row_key, DAY))]

    first, second = keys(ROW, more)
    assert first == row_key(DAY, ROW) != second
    assert keys(ROW, more, ROW) == [first, second, first]
