"""Workers, each a process of its own as `fulcrum worker` is one, that do the clock's work once and can be killed."""

from __future__ import annotations

import resource
from collections.abc import Mapping, Sequence
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import process_time
from typing import NamedTuple

from bot.processes.build import build, clock_jobs
from bot.settings import load

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])
MEGABYTE = 1024  # of the kilobytes that Linux counts in


class Spent(NamedTuple):
    """What one worker did: digests made, processor seconds for those and in all, megabytes at most."""

    made: int
    making: float
    whole: float
    resident: float


class WorkerProcess:
    """A process that does what is due at a moment, sends what is written down, and ends."""

    def __init__(self, store: str, slack_url: str, now: datetime, **environment: str) -> None:
        self._told, telling = PROCESSES.Pipe(duplex=False)
        slack = {"SLACK_API_URL": slack_url, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s" * 32}
        arguments = ({"DATABASE_URL": store, **slack, **environment}, now, telling)
        self.process: BaseProcess = PROCESSES.Process(target=_work, args=arguments)
        self.process.start()
        telling.close()

    def kill(self) -> None:
        """As `kill -9` does."""
        self.process.kill()
        self.process.join()

    def spent(self) -> Spent:
        """What it did, once it has ended. Raises EOFError where it broke or was killed."""
        found: Spent = self._told.recv()
        self.process.join()
        return found


def total(workers: Sequence[Spent]) -> Spent:
    """What they did together; the largest of them in memory."""
    made, making, whole, resident = zip(*workers, strict=True)
    return Spent(sum(made), sum(making), sum(whole), max(resident))


def _work(environment: Mapping[str, str], now: datetime, telling: Connection) -> None:
    settings = load(environment)
    process = build(settings, lambda: now)
    clock = process.digests
    made, making = clock.maker.make_due(clock.readers.of), process_time()
    for job in clock_jobs(settings, process):
        job.run()
    while clock.sender.send_due():
        pass
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    telling.send(Spent(made, making, process_time(), resident))
    process.services.close()
