"""Processes that read end with the one that started them, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bot.sources.logs.machine import Machine, claude
from tests.shared import ROOT

WAITS = """
import os, sys, time
from pathlib import Path
from bot.sources.logs import ledger, parallel, reading

def scan(stretch, says):
    os.write(1, f"{os.getpid()}\\n".encode())  # at once: two processes share the pipe
    time.sleep(600)

os.cpu_count = lambda: 2
parallel.WORTH_PROCESSES, parallel.TASK, parallel.scan = 0, 1, scan
with ledger.opened(None) as connection:
    reading.read_folder(connection, Path(sys.argv[1]))
"""
SECONDS = 30


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_a_run_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    for number in range(2):
        machine.write(f"projects/p/s-{number}.jsonl", claude(f"m{number}"))
    command = [sys.executable, "-c", WAITS, str(machine.folder)]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as run:
        assert run.stdout
        try:
            readers = [int(run.stdout.readline()) for _ in range(2)]
        finally:
            run.send_signal(signal.SIGKILL)

    until = time.monotonic() + SECONDS
    while any(Path(f"/proc/{reader}").exists() for reader in readers):
        assert time.monotonic() < until
        time.sleep(0.05)
