"""Imports in a process of their own, which can be killed at any statement or measured for its memory.

To be measured, run as: python -m tests.bot.sources.files.runs URL FOLDER
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event

from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.workspaces import default_workspace
from tests.bot.sources.files.shop import clock
from tests.forked import PROCESSES
from tests.shared import ROOT

TIMEOUT_SECONDS = 3_600


def measured(url: str, folder: Path) -> dict[str, Any]:
    """What a process that does nothing else measured of itself."""
    arguments = [sys.executable, "-m", "tests.bot.sources.files.runs", url, str(folder)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


def was_killed(url: str, folder: Path, kill_at: int) -> bool:
    """Whether a process killed itself at that statement; False where it was done before."""
    running = PROCESSES.Process(target=_import, args=(url, folder, kill_at))
    running.start()
    running.join(TIMEOUT_SECONDS)
    if running.exitcode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the import ended with {running.exitcode}")
    return running.exitcode != 0


def _import(url: str, folder: Path, kill_at: int = 0) -> dict[str, Any]:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1
        if statements == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = writing_engine(url)
    with engine.begin() as connection:
        workspace_id = default_workspace(connection)
    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    started = perf_counter()
    report = import_folder(folder, engine, workspace_id, clock=clock)
    return {
        "statements": statements,
        "rows": sum(file.read for file in report.files),
        "new": sum(file.new for file in report.files),
        "errors": [file.error for file in report.files if file.error],
        "seconds": perf_counter() - started,
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    """The most memory this program has held. On Linux getrusage also counts what started it, a large test run."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_import(sys.argv[1], Path(sys.argv[2]))))
