"""How fast session logs are read, first and again with one new line, and in how much memory: beside ccusage.

FULCRUM_BENCH_LOGS_MB sets the size of the logs (100); the goals are those for 1,000 and more. ccusage is installed by
npm into a temporary folder; without npm only our own times are printed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.bot.sources.logs import big_logs
from tests.shared import ROOT

MEGABYTES = float(os.environ.get("FULCRUM_BENCH_LOGS_MB", "100"))
RUNS, SHORT_RUNS = 3, 5  # of a first pass; for each of them, of those that take hardly more than starting does
CCUSAGE = "ccusage@20.0.24"
MEMORY_MB = 150
AS_LONG, FASTER = 1.5, 20  # the goals: of ccusage's time; of our own first pass, after start-up
LARGE_MB = 1_000


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of a program: its wall and processor time, the most memory of all its processes together, its answer."""

    seconds: float
    cpu: float
    peak_mb: float
    out: str


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_first_pass_and_one_with_one_new_line(tmp_path: Path) -> None:
    logs, empty = tmp_path / "logs", tmp_path / "empty"
    calls = big_logs.write(logs, MEGABYTES)
    empty.mkdir()
    ccusage = _ccusage(tmp_path / "npm")
    starts, firsts, seconds, theirs = [], [], [], []
    for number in range(RUNS):
        state = tmp_path / f"state{number}"
        firsts.append(_ours(logs, state))
        if ccusage:
            theirs.append(_run([str(ccusage), "claude", "daily", "--offline", "--json", "-z", "UTC"], logs, state))
        for again in range(SHORT_RUNS):  # in turn, since what starting takes is what varies
            starts.append(_ours(empty, tmp_path / "nothing"))
            with next(logs.rglob("s-00001.jsonl")).open("ab") as file:
                file.write(big_logs.one_more().replace(b"msg_", f"msg_{number}_{again}".encode()))
            seconds.append(_ours(logs, state))
        assert _calls(firsts[-1]) + SHORT_RUNS == _calls(seconds[-1]) == calls + (number + 1) * SHORT_RUNS

    start, first, second = (min(ran.seconds for ran in runs) for runs in (starts, firsts, seconds))
    peak = _ours(logs, tmp_path / "watched", watched=True).peak_mb
    faster = (first - start) / max(second - start, 0.001)
    cpu_start, cpu_first, cpu_second = (min(ran.cpu for ran in runs) for runs in (starts, firsts, seconds))
    print(
        f"\n{MEGABYTES:,.0f} MB, {calls:,} calls: first pass {first:.2f} s ({cpu_first:.2f} s of processor),"
        f" start-up {start:.2f} s ({cpu_start:.2f}), second pass {second:.2f} s ({cpu_second:.2f}), {faster:.0f} times"
        f" as fast after start-up; peak {peak:.0f} MB"
    )
    assert peak < MEMORY_MB
    if theirs:
        _compare(first, firsts, theirs)
    if MEGABYTES >= LARGE_MB:
        assert faster >= FASTER


def _compare(first: float, firsts: list[Ran], theirs: list[Ran]) -> None:
    other = min(ran.seconds for ran in theirs)
    print(
        f"{CCUSAGE}: {other:.2f} s ({min(ran.cpu for ran in theirs):.2f} s of processor);"
        f" ours takes {first / other:.2f} times as long"
    )
    total = json.loads(theirs[0].out)["totals"]
    rows = json.loads(firsts[0].out)["rows"]
    for ours, named in (
        ("input_tokens", "inputTokens"),
        ("cached_input_tokens", "cacheReadTokens"),
        ("cache_write_tokens", "cacheCreationTokens"),
        ("output_tokens", "outputTokens"),
    ):
        assert sum(row[ours] for row in rows) == total[named]
    if MEGABYTES >= LARGE_MB:
        assert first <= AS_LONG * other


def _ours(folder: Path, state: Path, watched: bool = False) -> Ran:
    command = [sys.executable, "-m", "bot.cli.main", "logs", str(folder), "--json"]
    return _run(command, folder, state, watched)


def _calls(ran: Ran) -> int:
    return sum(row["requests"] for row in json.loads(ran.out)["rows"])


def _run(command: list[str], logs: Path, state: Path, watched: bool = False) -> Ran:
    # Watching its memory slows a program down, so that it is not timed in that run.
    environ = os.environ | {"XDG_STATE_HOME": str(state), "CLAUDE_CONFIG_DIR": str(logs), "PYTHONPATH": str(ROOT)}
    before, started = os.times(), time.perf_counter()
    peak = 0.0
    with TemporaryFile("w+", encoding="utf-8") as out:
        process = subprocess.Popen(command, stdout=out, env=environ)
        while watched and process.poll() is None:
            peak = max(peak, _memory_mb(process.pid))
            time.sleep(0.02)
        process.wait()
        seconds, after = time.perf_counter() - started, os.times()
        out.seek(0)
        said = out.read()
    assert process.returncode == 0
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(seconds, cpu, peak, said)


def _ccusage(folder: Path) -> Path | None:
    if shutil.which("npm") is None:
        return None
    install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), CCUSAGE]
    subprocess.run(install, capture_output=True, check=False)
    program = next(folder.rglob("bin/ccusage"), None)
    if program:
        program.chmod(0o755)
    return program


def _memory_mb(pid: int) -> float:
    """What a process and its children hold together, pages that they share counted once."""
    held = 0
    for process in (pid, *_children(pid)):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:  # it has ended
            continue
        held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1024


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []
