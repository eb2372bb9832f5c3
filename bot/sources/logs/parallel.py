"""Reads stretches of files on several processes, in tasks of a few megabytes, and hands over what they held."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from threading import Thread
from typing import Any

from bot.sources.logs.calls import Call, gather
from bot.sources.logs.clients import BY_NAME, Sessions
from bot.sources.logs.scanning import Says, Scanned, Stretch, scan

TASK = 32 << 20  # bytes that a process reads before it hands over what it found
WORTH_PROCESSES = 24 << 20  # with fewer new bytes, starting processes takes longer than reading
MOST_PROCESSES = 4  # each takes some 20 MB
AHEAD = 3  # tasks a process that are handed out, so that what they find does not pile up


@dataclass(frozen=True, slots=True)
class StretchTask:
    """A stretch of the file with this `number`, whose it is, and what its reader knows already."""

    number: int
    client: str
    stretch: Stretch
    memory: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StretchResult:
    """How far a stretch was read (-1: no line begins in it), its bad lines by their offsets, what its reader knows."""

    number: int
    stopped: int
    bad: list[tuple[int, str]]
    memory: dict[str, Any]


@dataclass(slots=True)
class TaskResult:
    """What a task came to."""

    calls: list[Call] = field(default_factory=list)
    told: list[StretchResult] = field(default_factory=list)
    size: int = 0


def outcomes(units: Iterable[StretchTask], sessions: Sessions, size: int) -> Iterator[TaskResult]:
    """What the units held, in any order; `size` is how many bytes they are together."""
    tasks = _tasks(units)
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    if size < WORTH_PROCESSES or processes == 1:
        _know(sessions)
        yield from map(_work, tasks)
    else:
        yield from _on_processes(tasks, sessions, processes)


def _on_processes(tasks: Iterator[list[StretchTask]], sessions: Sessions, processes: int) -> Iterator[TaskResult]:
    import multiprocessing  # most runs have no use for it
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait

    # A forked process has all that is loaded already; elsewhere than on Linux forking is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(processes, context, _begin, (sessions,)) as pool:
        waiting = {pool.submit(_work, task) for task in islice(tasks, processes * AHEAD)}
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.submit(_work, task) for task in islice(tasks, len(ready))}
            yield from (outcome.result() for outcome in ready)


def _tasks(units: Iterable[StretchTask]) -> Iterator[list[StretchTask]]:
    task: list[StretchTask] = []
    size = 0
    for unit in units:
        task.append(unit)
        size += unit.stretch.end - unit.stretch.start
        if size >= TASK:
            yield task
            task, size = [], 0
    if task:
        yield task


_sessions: Sessions = {}


def _begin(sessions: Sessions) -> None:
    """What a process does first: it ends with the one that started it, however that ends."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _know(sessions)


def _end_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


def _know(sessions: Sessions) -> None:
    # Told once a process: a fork of a session looks its parent up, and nearly no session is one.
    global _sessions
    _sessions = sessions


def _work(task: list[StretchTask]) -> TaskResult:
    calls: dict[bytes, Call] = {}
    outcome = TaskResult()
    for unit in task:
        client = BY_NAME[unit.client]
        reader = client.reader(unit.memory, unit.stretch.path, _sessions)
        try:
            found = scan(unit.stretch, Says(client.needles, client.line, reader.read))
        except OSError as error:
            found = Scanned(bad=[(0, f"it cannot be read: {error.strerror}")])
        gather(found.calls.values(), calls)
        outcome.told.append(StretchResult(unit.number, found.stopped, found.bad, reader.memory()))
        outcome.size += unit.stretch.end - unit.stretch.start
    outcome.calls = list(calls.values())
    return outcome
