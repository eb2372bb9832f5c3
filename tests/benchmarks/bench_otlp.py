"""How many data points a second of one core are received and made facts of, and how much of them is lost by a kill.

A server of its own process gets what so many sessions of Claude Code send in a minute, over HTTP; it is killed in the
end, and all that it answered with 200 must be in the facts. Beside it: parsing the same bodies and inserting their
points into a table of SQLite, and nothing more. FULCRUM_BENCH_OTLP_SECONDS sets how long (10; the goal is of 120).
"""

from __future__ import annotations

import os
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pytest

from bot.sources.otlp import protobuf
from bot.sources.otlp.receive import PROTOBUF
from tests.bot.processes.front import process
from tests.bot.sources.otlp.messages import DELTA, metrics
from tests.bot.sources.otlp.station import Station
from tests.databases import fresh_store

SECONDS = int(os.environ.get("FULCRUM_BENCH_OTLP_SECONDS", "10"))
GOAL = 5_000  # points a second
SESSIONS, POINTS, TOGETHER = 1_000, 5, 50  # sessions that send in one second, points of each, sessions in a request
CLIENTS = 2
Series = tuple[str, dict[str, Any], int, list[tuple[float, float, float]]]
TICKS = os.sysconf("SC_CLK_TCK")


def second(number: int) -> list[bytes]:
    """What is sent in one second; after a minute the same sessions send again."""
    minute, place = divmod(number, 60)
    start, end = 60.0 * minute, 60.0 * minute + 60
    bodies = []
    for first in range(0, SESSIONS, TOGETHER):
        series: list[Series] = []
        for session in range(first, first + TOGETHER):
            named = f"{place}-{session}"
            common = {
                "session.id": f"00000000-0000-4000-8000-{named:>012}",
                "user.email": f"person{session % 500}@acme.test",
                "user.account_uuid": f"11111111-2222-3333-4444-{session % 500:012}",
                "organization.id": "00000000-1111-2222-3333-444444444444",
                "terminal.type": "vscode",
                "app.version": "2.1.30",
                "model": "claude-opus-4-8",
            }
            for kind in ("input", "output", "cacheRead", "cacheCreation"):
                series.append(("claude_code.token.usage", common | {"type": kind}, DELTA, [(start, end, 10 + session)]))
            series.append(("claude_code.cost.usage", common, DELTA, [(start, end, 0.01)]))
        bodies.append(metrics("claude-code", *series).SerializeToString())
    return bodies


@pytest.mark.skipif(sys.platform != "linux", reason="processor time of another process is read from /proc")
def test_points_a_second(tmp_path: Path) -> None:
    bodies = [second(number) for number in range(SECONDS)]
    points = SECONDS * SESSIONS * POINTS
    bare = _bare([body for together in bodies for body in together], tmp_path / "bare.db")
    with fresh_store("sqlite", tmp_path) as url:
        with process(url, pause=5.0) as (running, here), ThreadPoolExecutor(CLIENTS) as clients:
            assert running.pid
            os.sched_setaffinity(running.pid, {0})

            def send(body: bytes) -> int:
                return here.post("/v1/metrics", body, Content_Type=PROTOBUF).status

            started = perf_counter()
            for together in bodies:
                assert set(clients.map(send, together)) == {200}
            seconds = perf_counter() - started
            received = _cpu(running.pid)
            running.kill()
        held = Station(url)
        started_cpu = process_time()
        held.fold()
        cpu = received + process_time() - started_cpu
        found = held.totals()
        held.dispose()

    sent = sum(10 + session for session in range(SESSIONS)) * SECONDS
    print(
        f"\n{points:,} points: {points / cpu:,.0f} a second of processor ({received:.1f} s until the kill,"
        f" {cpu - received:.1f} s for what was left), answered in {seconds:.1f} s on one core,"
        f" {points / seconds:,.0f} a second; {cpu / bare:.1f} times as long as bare parsing and inserting"
    )
    assert found["input_tokens"] == found["output_tokens"] == sent
    assert points / cpu >= GOAL


def _bare(bodies: list[bytes], file: Path) -> float:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE point (name, attributes, start, time, value)")
    started = process_time()
    for body in bodies:
        rows = [
            (metric.name, repr(point.attributes), point.start, point.time, point.value)
            for metric in protobuf.metrics(body)
            for point in metric.points
            if point
        ]
        connection.executemany("INSERT INTO point VALUES (?, ?, ?, ?, ?)", rows)
        connection.commit()
    connection.close()
    return process_time() - started


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
