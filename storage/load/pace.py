"""Parts of a long write, each so large that SQLite's write lock is held no longer than a moment at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, sleep

from sqlalchemy import Connection

HOLD = 0.6  # seconds that a part aims at
LET_GO = 0.1  # seconds after a part that took as long; SQLite looks so often, when it waits for a lock
FIRST, LEAST, MOST = 10_000, 500, 200_000  # rows


@dataclass(slots=True)
class Pace:
    """How many rows the next part takes, by how long the last one took."""

    size: int = FIRST
    most: int = MOST
    clock: Callable[[], float] = perf_counter
    pause: Callable[[float], None] = sleep

    @contextmanager
    def spell(self, connection: Connection) -> Iterator[Connection]:
        """One transaction that holds the write lock; what was done in another one before is ended."""
        connection.commit()
        connection.execution_options(immediate=True)
        try:
            with connection.begin():
                started = self.clock()
                yield connection
            spent = self.clock() - started
        finally:
            connection.execution_options(immediate=False)
        self.took(spent)
        if spent > LET_GO:
            self.pause(LET_GO)

    def took(self, seconds: float) -> None:
        """Choose the size of the next part."""
        factor = min(2.0, max(0.25, HOLD / max(seconds, 0.001)))
        self.size = min(self.most, max(LEAST, int(self.size * factor)))
