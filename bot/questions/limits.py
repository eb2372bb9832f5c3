"""How much of a question is read: its length, and the time that reading it may take."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

MAX_QUESTION = 2_000  # characters
TOO_LONG = f"That is longer than I can read at once ({MAX_QUESTION:,} characters). Ask it in a sentence or two."
READING_SECONDS = 3.0
TOO_SLOW = "That took too long to read; say it in one short sentence."


class TookTooLong(Exception):
    """A question's time is over; nothing more is read of it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When reading has to be done, by a clock that only goes forward."""

    seconds: float
    clock: Callable[[], float]
    until: float

    def check(self) -> None:
        """Raise TookTooLong once the time is over."""
        if self.clock() > self.until:
            raise TookTooLong

    def anew(self) -> Deadline:
        """The same time from now on: what was waited for is no reading."""
        return deadline(self.seconds, self.clock)


def deadline(seconds: float, clock: Callable[[], float] = time.monotonic) -> Deadline:
    """So many seconds from now on."""
    return Deadline(seconds, clock, clock() + seconds)


NO_DEADLINE = Deadline(math.inf, time.monotonic, math.inf)
