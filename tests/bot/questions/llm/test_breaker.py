"""A failing server is left alone for a while."""

from __future__ import annotations

import pytest

from bot.questions.llm.breaker import ACCOUNT_PAUSE, FAILURES, WITHIN, Breaker
from bot.questions.llm.failure import Blame, ModelFailure


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def is_paused(breaker: Breaker) -> bool:
    try:
        breaker.check()
    except ModelFailure as failure:
        return failure.blame is Blame.PAUSED
    return False


def fail(breaker: Breaker, times: int, blame: Blame = Blame.SERVER) -> None:
    for _ in range(times):
        breaker.failed(ModelFailure("no reply", blame))


def test_failures_in_a_row_pause_it_and_the_pause_ends(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, FAILURES - 1)
    assert not is_paused(breaker)
    fail(breaker, 1)
    assert is_paused(breaker)

    clock.now = WITHIN
    assert not is_paused(breaker)


def test_failures_far_apart_do_not(clock: Clock) -> None:
    breaker = Breaker(clock)
    for number in range(10):
        clock.now = number * WITHIN
        fail(breaker, 1)

        assert not is_paused(breaker)


def test_a_usable_reply_begins_the_count_anew(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, FAILURES - 1)
    breaker.worked()
    fail(breaker, FAILURES - 1)

    assert not is_paused(breaker)


def test_a_useless_reply_is_no_failure_of_the_server(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, 20, Blame.REPLY)

    assert not is_paused(breaker)


def test_an_account_that_people_must_settle_is_left_alone_at_once_and_for_long(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, 1, Blame.ACCOUNT)
    clock.now = WITHIN
    assert is_paused(breaker)

    clock.now = ACCOUNT_PAUSE
    assert not is_paused(breaker)
