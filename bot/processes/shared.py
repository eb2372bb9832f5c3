"""What the processes of one machine hold together: limits that count for all of them, and how busy each of them is.

It lies in a folder of its own that goes with the supervisor; what must outlive the machine is in the store.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import Protocol

from bot.meter import count_together

BUSIEST = 250
GONE = 255  # what a process that does not run counts as


class RateBucket(Protocol):
    """Two numbers of a limit: how much is left, and when that was so."""

    def held(self) -> AbstractContextManager[list[float]]:
        """The numbers, empty before the first time; nobody else changes them in the block, and what it writes stays."""


class OwnBucket:
    """In this process alone."""

    def __init__(self) -> None:
        self._numbers: list[float] = []
        self._lock = Lock()

    @contextmanager
    def held(self) -> Iterator[list[float]]:
        """The numbers, in a block that one thread at a time is in."""
        with self._lock:
            yield self._numbers


class SharedBucket:
    """In a file, for all processes that name it; the system lets go of its lock when one dies."""

    SHAPE = struct.Struct("2d")

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._lock = Lock()  # the file's lock knows processes, no threads

    @contextmanager
    def held(self) -> Iterator[list[float]]:
        """The numbers, in a block that one thread of one process at a time is in."""
        import fcntl  # where there is no fork there is none of this either

        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                raw = os.pread(self._file, self.SHAPE.size, 0)
                numbers = [*self.SHAPE.unpack(raw)] if raw else []
                yield numbers
                if numbers:
                    os.pwrite(self._file, self.SHAPE.pack(*numbers), 0)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


class Busy:
    """How many answers each of the processes is at."""

    def __init__(self, count: int) -> None:
        self._map = mmap.mmap(-1, count)  # of all who are forked after this
        self._map[:] = bytes([GONE]) * count

    def say(self, number: int, answers: int) -> None:
        """A process is at so many."""
        self._map[number] = min(answers, BUSIEST)

    def gone(self, number: int) -> None:
        """A process does not run."""
        self._map[number] = GONE

    def is_busiest(self, number: int) -> bool:
        """Whether another process is at fewer than this one."""
        return min(self._map[:]) < self._map[number]


@dataclass(frozen=True, slots=True)
class Shared:
    """All of it; without a folder there is one process alone."""

    folder: Path | None = None
    busy: Busy = field(default_factory=lambda: Busy(1))

    def joined_by(self, number: int) -> None:
        """A process takes part from now on: call it before anything is counted there."""
        if self.folder:
            count_together(self.folder, number)
        self.busy.say(number, 0)

    def bucket(self, name: str) -> RateBucket:
        """The bucket of this name, which every process that asks for it has."""
        return SharedBucket(self.folder / name) if self.folder else OwnBucket()


@contextmanager
def sharing(count: int) -> Iterator[Shared]:
    """For so many processes that are forked in the block; the folder goes when the one that made it ends."""
    if count == 1:
        yield Shared()
        return
    folder, ours = Path(mkdtemp(prefix="fulcrum-")), os.getpid()
    try:
        yield Shared(folder, Busy(count))
    finally:
        if os.getpid() == ours:
            rmtree(folder, ignore_errors=True)
