"""Leaves a failing server alone for a while, so that nobody waits for what will not come."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from bot.questions.llm.failure import Blame, ModelFailure

FAILURES = 3
WITHIN = 300.0  # seconds, and as long a pause follows
ACCOUNT_PAUSE = 3600.0  # an account is settled by people


@dataclass
class Breaker:
    """Counts the failures of one server; safe for many threads."""

    clock: Callable[[], float]
    _failed: deque[float] = field(default_factory=lambda: deque(maxlen=FAILURES))
    _closed_until: float = float("-inf")
    _lock: Lock = field(default_factory=Lock)

    def check(self) -> None:
        """Raise where the server is being left alone."""
        with self._lock:
            if self.clock() < self._closed_until:
                raise ModelFailure("the server is left alone for a while", Blame.PAUSED)

    def failed(self, failure: ModelFailure) -> None:
        """Take note of a failure."""
        now = self.clock()
        with self._lock:
            if failure.blame is Blame.ACCOUNT:
                self._closed_until = now + ACCOUNT_PAUSE
            elif failure.blame is Blame.SERVER:
                self._failed.append(now)
                if len(self._failed) == FAILURES and now - self._failed[0] <= WITHIN:
                    self._closed_until = now + WITHIN

    def worked(self) -> None:
        """Take note of a usable reply."""
        with self._lock:
            self._failed.clear()
