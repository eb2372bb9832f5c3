"""Keeps several replicas of a process running: forked once all is imported, one that dies anew, all ended together.

The first one starts alone, so that what is wrong with settings or store is said once; the others follow when it is
ready. A replica whose supervisor died ends too.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from time import monotonic

log = logging.getLogger(__name__)

ENDING = (signal.SIGTERM, signal.SIGINT)
END_SECONDS = 9.5  # a replica ends in nine; whoever supervises us waits ten
LASTING = 60.0  # seconds after which the end of a replica is not one of a row
PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0, 30.0)  # seconds before it is started anew, by how many ended in a row
READY = b"+"


@dataclass(frozen=True, slots=True)
class Replica:
    """Which of them this process is; it says when it is ready, and is told to end by SIGTERM."""

    number: int = 0
    _told: int = -1

    def ready(self) -> None:
        """Say that it does its work from now on."""
        if self._told >= 0:
            with suppress(OSError):  # a supervisor that died hears nothing
                os.write(self._told, READY)


def run(count: int, work: Callable[[Replica], int], gone: Callable[[int], object] = lambda _: None) -> int:
    """Run so many replicas of `work`, each a process, until SIGTERM or SIGINT; gives the exit code.

    It returns, or raises, in each of these processes: in a replica what `work` does, in the supervisor the exit code of
    all. One replica alone has no supervisor. `gone` hears the number of each that ended.
    """
    if count == 1 or not hasattr(os, "fork"):
        return work(Replica())
    return _Supervisor(count, gone).run(work)


@dataclass(slots=True)
class _ReplicaPlace:
    """A replica's place: who is in it, and when the next one comes."""

    number: int
    process: int = 0  # 0 while nobody is
    hears: int = -1  # the end of its pipe that tells that it is ready, or gone
    since: float = 0.0
    ended: int = 0  # in a row
    due: float = 0.0


class _Supervisor:
    def __init__(self, count: int, gone: Callable[[int], object]) -> None:
        self._told_gone = gone
        self._places = [_ReplicaPlace(number) for number in range(count)]
        self._alive, self._held_open = os.pipe()  # its end tells replicas that we are gone
        self._woken, self._wakes = socket.socketpair()
        self._is_one_ready = False
        self._code: int | None = None

    def run(self, work: Callable[[Replica], int]) -> int:
        with self._hearing_signals():
            while self._code is None:
                for place in self._due():
                    replica = self._started(place)
                    if replica is not None:
                        return work(replica)
                self._look(self._next())
            self._end_all()
        return self._code

    def _due(self) -> list[_ReplicaPlace]:
        """Places that want a replica now: the first alone until one was ready."""
        among = self._places if self._is_one_ready else self._places[:1]
        return [place for place in among if not place.process and place.due <= monotonic()]

    def _next(self) -> float | None:
        waiting = [place.due for place in self._places if not place.process and place.due]
        return max(0.0, min(waiting) - monotonic()) if waiting else None

    def _started(self, place: _ReplicaPlace) -> Replica | None:
        """Fork; gives the replica in its own process, None in ours."""
        hears, tells = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # none may meet a replica that still has our handlers
        process = os.fork()
        if process == 0:
            os.close(hears)
            self._become_replica()
            return Replica(place.number, tells)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        os.close(tells)
        place.process, place.hears, place.since = process, hears, monotonic()
        return None

    def _become_replica(self) -> None:
        os.close(self._held_open)
        for other in self._places:
            if other.process:
                os.close(other.hears)
        signal.set_wakeup_fd(-1)
        self._woken.close()
        self._wakes.close()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        Thread(target=_end_with, args=(self._alive,), name="supervisor", daemon=True).start()

    def _look(self, within: float | None) -> None:
        """Wait for a signal, or for a replica that is ready or gone."""
        living = {place.hears: place for place in self._places if place.process}
        signals = self._woken.fileno()
        for found in select.select([*living, signals], [], [], within)[0]:
            if found == signals:
                self._woken.recv(64)
                self._code = 0
            elif os.read(found, len(READY)):
                self._is_one_ready = True
            else:
                self._gone(living[found])

    def _gone(self, place: _ReplicaPlace) -> None:
        process = place.process
        code = self._reap(place)
        if self._code is not None:
            return
        if not self._is_one_ready:
            self._code = code if code > 0 else 1  # it has said why
            return
        place.ended = 1 if monotonic() - place.since > LASTING else place.ended + 1
        pause = PAUSES[min(place.ended, len(PAUSES)) - 1]
        place.due = monotonic() + pause
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        log.error("process %d (pid %d) ended %s; it is started anew in %g s", place.number + 1, process, how, pause)

    def _reap(self, place: _ReplicaPlace) -> int:
        """Its exit code, negative where a signal ended it."""
        _, status = os.waitpid(place.process, 0)
        os.close(place.hears)
        place.process = 0
        self._told_gone(place.number)
        return os.waitstatus_to_exitcode(status)

    def _end_all(self) -> None:
        """Ask all to end, and kill those that do not."""
        self._send(signal.SIGTERM)
        until = monotonic() + END_SECONDS
        while any(place.process for place in self._places) and (left := until - monotonic()) > 0:
            self._look(left)
        if any(place.process for place in self._places):
            log.warning("ending before all processes have ended by themselves")
            self._send(signal.SIGKILL)
            for place in self._places:
                if place.process:
                    self._reap(place)

    def _send(self, number: signal.Signals) -> None:
        for place in self._places:
            if place.process:
                os.kill(place.process, number)

    @contextmanager
    def _hearing_signals(self) -> Iterator[None]:
        self._wakes.setblocking(False)
        woken = signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        before = {number: signal.signal(number, _hear) for number in ENDING}
        ours = os.getpid()
        try:
            yield
        finally:
            if os.getpid() == ours:
                signal.set_wakeup_fd(woken)
                for number, handler in before.items():
                    signal.signal(number, handler)


def _hear(_number: int, _frame: object) -> None:
    """What is heard wakes the supervisor."""


def _end_with(supervisor: int) -> None:
    os.read(supervisor, 1)  # nobody writes: it returns when the other end is gone
    log.warning("the supervisor is gone: ending")
    os.kill(os.getpid(), signal.SIGTERM)
