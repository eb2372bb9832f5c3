"""What this process is answering: kept as its own while it lives, given up when it ends before it is done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from threading import Lock
from typing import Any

from bot.logs import cause
from bot.services import Services
from storage.keep.open_turns import Key

log = logging.getLogger(__name__)

HOLD_SECONDS = 45.0  # well over the time between two signs of life
AWAY_SECONDS = 60.0  # after which it is tried again whether Slack is back


class UnderWay:
    """Turns that are being answered, and the pieces of work they are in."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = Lock()
        self._open: set[Key] = set()
        self._work: set[Future[Any]] = set()

    def submit(self, pool: Executor, work: Callable[..., Any], *given: Any) -> None:
        """Have a pool do it, and know of it until it is done."""
        future = pool.submit(work, *given)
        with self._lock:
            self._work.add(future)
        future.add_done_callback(self._drop)

    def took(self, key: Key) -> None:
        """This process answers it."""
        with self._lock:
            self._open.add(key)

    def done(self, key: Key) -> None:
        """It is answered. Where that cannot be written down, it will be looked up before it is posted again."""
        with self._lock:
            if key not in self._open:
                return
            self._open.discard(key)
        try:
            self._services.answered(*key)
        except Exception as error:  # noqa: BLE001  # the asker has the answer
            log.warning("not noted that a question is answered: %s", cause(error))

    def wait(self, key: Key) -> None:
        """Nothing could be said of it, Slack is away: whoever looks after a while takes it up."""
        with self._lock:
            if key not in self._open:
                return
            self._open.discard(key)
        try:
            self._services.later(*key, AWAY_SECONDS)
        except Exception as error:  # noqa: BLE001  # it is taken up when its time is over, as of a process that died
            log.warning("not noted when a question is tried again: %s", cause(error))

    def beat(self) -> None:
        """Say that this process lives, and goes on with what it has."""
        with self._lock:
            held = {*self._open}
        if held:
            self._services.hold(held, HOLD_SECONDS)

    def end(self, within: float | None) -> bool:
        """Wait until all is done, or so many seconds; what is not done then may be taken up at once by another."""
        with self._lock:
            work = {*self._work}
        if not wait(work, within).not_done:
            return True
        with self._lock:
            held = {*self._open}
        log.warning("ending before %d answers are done: whoever starts next takes them up", len(held))
        try:
            self._services.hold(held, 0)
        except Exception as error:  # noqa: BLE001  # they are taken up a little later then
            log.warning("what is left could not be given up: %s", cause(error))
        return False

    def _drop(self, future: Future[Any]) -> None:
        with self._lock:
            self._work.discard(future)
