"""Processes of their own for tests, forked from one that has imported what they run: a start is half a second.

There is one such process for each that runs tests, so that all that is run must be named here.
"""

from __future__ import annotations

from multiprocessing import get_context

RUN = (
    "tests.bot.digest.faults",
    "tests.bot.processes.front",
    "tests.bot.processes.served",
    "tests.bot.sources.files.runs",
    "tests.bot.sources.syncing.one_pass",
)

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([*RUN])
