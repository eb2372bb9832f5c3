"""Slack's view of the web process: how soon a command is acknowledged, beside a bare Bolt app, and how soon and at what
cost it is answered, in one process and in two, beside an earlier build where FULCRUM_BENCH_BEFORE names a checkout."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bot.processes.web import THREADS
from tests.benchmarks.lean_slack import LeanSlack, acknowledged
from tests.benchmarks.slash_answers import mixed
from tests.fakes.slack_requests import SECRET, body, command, headers
from tests.shared import ROOT

AT_ONCE, ROUNDS, BURST = 32, 4, 64
MOST = 3.0  # times the bare app's; the goal is 1.5, on a machine that does nothing else
BEFORE = os.environ.get("FULCRUM_BENCH_BEFORE", "")
MIXED, ROUND, ASKERS = int(os.environ.get("FULCRUM_BENCH_QUESTIONS", "1000")), 50, 8
PATIENCE = 60.0
SETTLE = 4.0  # seconds in which a process that has just started loads what it answers with
SERVE = ("-m", "bot.cli.main", "serve")


@dataclass
class Build:
    """A running build, and what was measured of it."""

    port: int
    process: int
    took: list[float] = field(default_factory=list)
    lasted: float = 0.0
    spent: float = 0.0
    calls: int = 0  # of the Web API


def test_a_command_is_acknowledged_about_as_soon_as_by_a_bare_app(larkspur: str) -> None:
    ours, bare = asyncio.run(_acknowledgements(larkspur))

    ours_p95, bare_p95 = (quantiles(times, n=20)[-1] * 1000 for times in (ours, bare))
    print(
        f"\nacknowledged at p95, {AT_ONCE} at once: {ours_p95:.0f} ms, a bare Bolt app {bare_p95:.0f} ms: "
        f"{ours_p95 / bare_p95:.2f} times"
    )
    assert ours_p95 < MOST * bare_p95


def test_mixed_questions_are_answered_with_one_call_each(larkspur_files: Path, tmp_path: Path) -> None:
    rows = (larkspur_files / "roster.csv").read_text().splitlines()[1:]
    emails = [row.split(",")[0] for row in rows[::9]][:ASKERS]

    builds = asyncio.run(_answers(larkspur_files, tmp_path, emails))

    for name, build in builds.items():
        p95 = quantiles(build.took, n=20)[-1] * 1000
        print(
            f"\n{name}: {MIXED} questions, {ASKERS} at once: p50 {median(build.took) * 1000:.0f}, p95 {p95:.0f} ms, "
            f"{MIXED / build.lasted:.1f} a second, {build.spent / MIXED * 1000:.1f} ms of CPU each, "
            f"{1 + build.calls / MIXED:.2f} calls each"
        )
    assert builds["this build, one"].calls == 0  # beside the one that is the answer


async def _acknowledgements(store: str) -> tuple[list[float], list[float]]:
    """Seconds of ours and of the bare app's."""
    async with LeanSlack({"UANA": "oluwaseun.castillo@larkspur.example"}) as slack:
        ports = free_port(), free_port()
        theirs = ("-m", "tests.benchmarks.bare_bolt", str(ports[1]), str(THREADS))
        with running(SERVE, ports[0], settings(slack, store)), running(theirs, ports[1], {}):
            times: tuple[list[float], list[float]] = ([], [])
            await asyncio.sleep(SETTLE)
            for port in ports:
                await _burst(port)
            for _ in range(ROUNDS):  # in turn, so that whatever else the machine does meets both
                for port, took in zip(ports, times, strict=True):
                    took += await _burst(port)
                    await asyncio.sleep(1)
            return times


async def _burst(port: int) -> list[float]:
    """Seconds until each of a burst of commands was acknowledged, so many at once."""
    left = iter([signed("help") for _ in range(BURST)])

    async def send() -> list[float]:
        return [await acknowledged(port, *request) for request in left]

    return [took for each in await asyncio.gather(*(send() for _ in range(AT_ONCE))) for took in each]


async def _answers(files: Path, folder: Path, emails: Sequence[str]) -> dict[str, Build]:
    """The builds after all questions."""
    trees = {"this build, two processes": (ROOT, "2"), "this build, one": (ROOT, "1")}
    trees |= {"before": (Path(BEFORE), "")} if BEFORE else {}
    async with LeanSlack({f"U{number}": email for number, email in enumerate(emails)}) as slack:
        with ExitStack() as stack:
            builds = {}
            for name, (tree, processes) in trees.items():
                own = settings(slack, f"sqlite:///{folder / name}.db") | {
                    "PYTHONPATH": str(tree),
                    "FULCRUM_PROCESSES": processes,
                }
                run = [sys.executable, "-m", "bot.cli.main", "import", str(files)]
                subprocess.run(run, cwd=tree, env={**os.environ, **own}, check=True, stdout=subprocess.DEVNULL)
                port = free_port()
                builds[name] = Build(port, stack.enter_context(running(SERVE, port, own, tree)))
                await asyncio.sleep(SETTLE)
                await slack.answered(port, mixed(8 * ASKERS))
            questions = mixed(MIXED)
            for first in range(0, MIXED, ROUND):  # in turn, as above
                for build in builds.values():
                    spent, calls, begun = cpu_seconds(build.process), slack.calls, time.perf_counter()
                    build.took += await slack.answered(build.port, questions[first : first + ROUND])
                    build.lasted += time.perf_counter() - begun
                    build.spent += cpu_seconds(build.process) - spent
                    build.calls += slack.calls - calls
            return builds


def settings(slack: LeanSlack, store: str) -> dict[str, str]:
    """The environment of a process over a store."""
    return {
        "DATABASE_URL": store,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
    }


def signed(words: str) -> tuple[str, Mapping[str, str]]:
    """A command as Slack sends it."""
    raw, kind = body(command(words, ""))
    return raw, headers(raw, kind)


def cpu_seconds(process: int) -> float:
    """What a process and those that it started and that live have spent, by /proc."""
    parts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_seconds(int(child)) for child in children)


@contextmanager
def running(words: Sequence[str], port: int, own: Mapping[str, str], tree: Path = ROOT) -> Iterator[int]:
    """A process of the checkout in `tree` that listens on a port; gives its number."""
    environment = {**os.environ, **own, "PORT": str(port)}
    process = subprocess.Popen([sys.executable, *words], env=environment, cwd=tree, stderr=subprocess.DEVNULL)
    try:
        until = time.perf_counter() + PATIENCE
        while not _listens(port):
            assert process.poll() is None
            assert time.perf_counter() < until
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
