"""Where a conversation's context is kept: in the store, or for one run of the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Engine

from storage.keep import threads


class Memory(Protocol):
    """Remembers what a thread is about."""

    def load(self, workspace_id: int, thread: str) -> Mapping[str, Any] | None:
        """What was saved last, None for a new thread."""

    def save(self, workspace_id: int, thread: str, context: Mapping[str, Any]) -> None:
        """Keep this for the next question of the thread."""


@dataclass(frozen=True)
class StoreMemory:
    """In the store: it survives a restart, and every process shares it."""

    reading: Engine
    writing: Engine
    now: Callable[[], datetime]

    def load(self, workspace_id: int, thread: str) -> Mapping[str, Any] | None:
        """What was saved last, None for a new thread."""
        with self.reading.connect() as connection:
            return threads.load(connection, workspace_id, thread)

    def save(self, workspace_id: int, thread: str, context: Mapping[str, Any]) -> None:
        """Keep this for the next question of the thread."""
        with self.writing.begin() as connection:
            threads.save(connection, workspace_id, thread, dict(context), self.now())


@dataclass
class ShortMemory:
    """In this process only."""

    _kept: dict[tuple[int, str], Mapping[str, Any]] = field(default_factory=dict)

    def load(self, workspace_id: int, thread: str) -> Mapping[str, Any] | None:
        """What was saved last, None for a new thread."""
        return self._kept.get((workspace_id, thread))

    def save(self, workspace_id: int, thread: str, context: Mapping[str, Any]) -> None:
        """Keep this for the next question of the thread."""
        self._kept[workspace_id, thread] = context
