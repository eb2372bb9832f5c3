"""A few computations at once; nobody waits for ever, and no place is lost."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from bot.few_at_once import FewAtOnce

LONG = 30.0


def test_who_comes_when_all_places_are_taken_waits_for_one() -> None:
    few, began = FewAtOnce(2, LONG), Event()

    def compute() -> None:
        with few.taken():
            began.set()

    with few.taken() as first:
        assert first
        with few.taken() as second:
            assert second
            third = Thread(target=compute)
            third.start()
            assert not began.wait(0.02)
        assert began.wait(LONG)
    third.join(LONG)


def test_a_long_computation_holds_up_others_for_a_moment_alone() -> None:
    few = FewAtOnce(1, 0.01)
    with few.taken() as first, few.taken() as second:
        assert (first, second) == (True, False)

    with few.taken() as third:
        assert third


def test_a_computation_that_fails_gives_its_place_back() -> None:
    few = FewAtOnce(1, 0.01)
    with pytest.raises(ZeroDivisionError):
        _fail(few)

    with few.taken() as ours:
        assert ours


def _fail(few: FewAtOnce) -> None:
    with few.taken():
        _ = 1 / 0
