"""Replicas of a process: which start when, what follows the death of one, and that all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

from bot.processes import replicas
from bot.processes.replicas import Replica
from tests.shared import ROOT

PROGRAM = """
    import os, signal, sys
    from bot.processes import replicas

    def work(replica):
        print(replica.number, os.getpid(), flush=True)
        if sys.argv[1] == "broken":
            return 3
        if sys.argv[1] == "deaf":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        replica.ready()
        signal.pause()
        return 0

    replicas.PAUSES = (0.01,)
    replicas.END_SECONDS = 0.1
    sys.exit(replicas.run(2, work))
"""


@contextmanager
def supervisor(kind: str = "") -> Iterator[subprocess.Popen[str]]:
    """Two replicas that wait; "broken" ones fail before they are ready."""
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), kind]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def started(running: subprocess.Popen[str]) -> tuple[int, int]:
    """Number and process id of the next replica that started."""
    assert running.stdout
    number, process = running.stdout.readline().split()
    return int(number), int(process)


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_that_dies_is_started_anew_and_all_end_together() -> None:
    with supervisor() as running:
        first, second = started(running), started(running)
        assert (first[0], second[0]) == (0, 1)
        os.kill(first[1], signal.SIGKILL)
        third = started(running)
        assert third[0] == 0
        assert is_gone(first[1])

        running.send_signal(signal.SIGTERM)

        assert running.wait(10) == 0
        assert is_gone(second[1])
        assert is_gone(third[1])
        assert running.stderr
        assert "ended by signal 9; it is started anew in 0.01 s" in running.stderr.read()


def test_one_that_does_not_end_is_killed() -> None:
    with supervisor("deaf") as running:
        started(running), started(running)
        running.send_signal(signal.SIGTERM)

        assert running.wait(10) == 0
        assert running.stdout
        assert running.stdout.read() == ""


def test_replicas_end_with_a_supervisor_that_was_killed() -> None:
    with supervisor() as running:
        started(running), started(running)
        running.kill()

        assert running.stdout
        assert running.stdout.read() == ""  # which ends when the last process that could write is gone


def test_where_the_first_one_cannot_work_no_other_is_started() -> None:
    with supervisor("broken") as running:
        assert started(running)[0] == 0
        assert running.wait(10) == 3
        assert running.stdout
        assert running.stdout.read() == ""


def test_one_alone_has_no_supervisor() -> None:
    ours = []

    def work(replica: Replica) -> int:
        replica.ready()
        ours.append((replica.number, os.getpid()))
        return 7

    assert replicas.run(1, work) == 7
    assert ours == [(0, os.getpid())]


def test_waiting_grows_and_has_an_end() -> None:
    assert [*replicas.PAUSES] == sorted(replicas.PAUSES)
    assert replicas.PAUSES[-1] <= replicas.LASTING
    assert replicas.END_SECONDS < 10
