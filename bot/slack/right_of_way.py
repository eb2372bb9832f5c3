"""Who goes first: Slack waits three seconds for an acknowledgement, an answer may come a moment later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition, Lock
from time import monotonic
from typing import Any, TypeVar

GIVES_WAY = 0.5  # seconds at most, so that requests without end keep no answer from beginning
PAUSE = 0.01  # seconds without a request, after which a burst of them is over

Result = TypeVar("Result")


class RightOfWay:
    """Counts the requests that wait for an acknowledgement; what is not urgent lets them pass."""

    def __init__(self, gives_way: float = GIVES_WAY, pause: float = PAUSE) -> None:
        self._gives_way = gives_way
        self._pause = pause
        self._none = Condition()
        self._waiting = 0
        self._passed = float("-inf")  # when the last request had passed

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A request is acknowledged in this block."""
        with self._none:
            self._waiting += 1
        try:
            yield
        finally:
            with self._none:
                self._waiting -= 1
                self._passed = monotonic()
                if not self._waiting:
                    self._none.notify_all()

    def give(self) -> bool:
        """Wait until all requests have passed, or a moment; whether they have."""
        until = monotonic() + self._gives_way
        with self._none:
            while (now := monotonic()) < until:
                if self._waiting:
                    self._none.wait(until - now)
                elif (left := self._passed + self._pause - now) > 0:
                    self._none.wait(min(left, until - now))
                else:
                    return True
            return False


class YieldingPool(ThreadPoolExecutor):
    """Threads that begin a piece of work only when every request has passed."""

    def __init__(self, right_of_way: RightOfWay, threads: int, name: str) -> None:
        super().__init__(threads, thread_name_prefix=name)
        self._right_of_way = right_of_way
        self._lock, self._under_way = Lock(), 0
        self.changed: Callable[[int], object] = lambda _: None  # hears how much is under way or waits

    def submit(self, work: Callable[..., Result], /, *given: Any, **named: Any) -> Future[Result]:
        """Have a thread do it, as of any executor."""
        future = super().submit(self._after_requests, work, *given, **named)
        self._count(1)
        future.add_done_callback(lambda _: self._count(-1))
        return future

    def _after_requests(self, work: Callable[..., Result], *given: Any, **named: Any) -> Result:
        self._right_of_way.give()
        return work(*given, **named)

    def _count(self, more: int) -> None:
        with self._lock:
            self._under_way += more
            self.changed(self._under_way)
