"""Lets a few computations run at once: of many that share one interpreter, each is as late as the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

AT_ONCE = 2  # the database computes beside the interpreter, so that one alone would leave it idle
PATIENCE = 0.25  # seconds after which a computation begins all the same: a long one before it must not hold up all


class FewAtOnce:
    """Whoever comes when as many are at it as may be waits for one of them, or a moment."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._free, self._patience = Semaphore(at_once), patience

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """The computation is in this block; whether it has a place of its own."""
        ours = self._free.acquire(timeout=self._patience)
        try:
            yield ours
        finally:
            if ours:
                self._free.release()
