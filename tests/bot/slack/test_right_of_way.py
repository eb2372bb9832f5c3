"""Requests before answers: what is begun while Slack waits waits itself, but not for ever."""

from __future__ import annotations

from threading import Event
from time import monotonic

from bot.slack.right_of_way import RightOfWay, YieldingPool

LONG = 30.0


def test_work_begins_when_every_request_has_passed() -> None:
    right_of_way = RightOfWay(gives_way=LONG, pause=0.0)
    pool, begun = YieldingPool(right_of_way, 1, "answer"), Event()
    with right_of_way.taken(), right_of_way.taken():
        pool.submit(Event.set, begun)
        assert not begun.wait(0.02)

    assert begun.wait(LONG)
    pool.shutdown()


def test_work_begins_after_a_moment_though_requests_never_end() -> None:
    right_of_way = RightOfWay(gives_way=0.02, pause=0.0)
    with right_of_way.taken():
        assert not right_of_way.give()


def test_a_gap_between_two_requests_of_a_burst_is_not_its_end() -> None:
    right_of_way = RightOfWay(gives_way=0.02, pause=LONG)
    assert right_of_way.give()
    with right_of_way.taken():
        pass

    began = monotonic()
    assert not right_of_way.give()
    assert monotonic() - began < LONG / 2, "no longer than it gives way"
