"""Writers of one process to a SQLite file queue up for its lock.

SQLite has who waits for the lock look again, ever more rarely, so that one who comes later often gets it first: under
load that is most of an answer's time. In a queue each has it as soon as the one before lets go.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from threading import Lock
from typing import Any

LONGEST_TURN = 5.0  # seconds after which one tries SQLite's lock without a turn: a large write holds it longer


class QueuedConnection(sqlite3.Connection):
    """A connection whose transactions wait for their turn among those with the same queue."""

    def __init__(self, *given: Any, queue: Lock, **named: Any) -> None:
        super().__init__(*given, **named)
        self._queue, self._has_turn = queue, False

    def take_turn(self) -> None:
        """Before a transaction begins that will write; it lasts until that ends."""
        self._has_turn = self._has_turn or self._queue.acquire(timeout=LONGEST_TURN)

    def commit(self) -> None:
        """End the transaction and the turn."""
        try:
            super().commit()
        finally:
            self._leave()

    def rollback(self) -> None:
        """End the transaction and the turn."""
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        """Close, and end the turn."""
        try:
            super().close()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._queue.release()


def queued() -> Any:
    """What makes the connections of an engine, which have one queue."""
    return partial(QueuedConnection, queue=Lock())
