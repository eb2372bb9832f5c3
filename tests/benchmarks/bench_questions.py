"""How long questions take, of the operator and of a member, beside plain SQL over the same rows; processor time on
SQLite, wall time on PostgreSQL, whose work is in another process.

FULCRUM_BENCH_LARGE=1 adds twenty million facts of 20,000 people (`make bench-large`). DuckDB is measured where it is
installed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from math import inf
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

import pytest

from bot.cli.commands import Asking
from bot.questions.answers.answer import Status
from bot.settings import load
from storage.engine import writing_engine
from storage.tables import EPOCH
from storage.workspaces import default_workspace
from tests.benchmarks.crowd import Crowd, fill, write_flat
from tests.databases import BACKENDS, fresh_store

AS_OF = date(2026, 11, 18)
SIZES = [Crowd(100_000, 500), Crowd(100_000, 20_000), Crowd(1_000_000, 2_000)]
LARGE = [Crowd(20_000_000, 20_000)] if os.environ.get("FULCRUM_BENCH_LARGE") else []
GOAL, HELD = 10, 6  # times faster than plain SQL over raw rows, from a million of them on: wanted, and held
AS_MEMBER = 1.5  # of the operator's time
ROUNDS = 3
MANY_FACTS = 1_000_000
TOKENS = "sum(input + cached + cache_write + output)"
OCTOBER = f"day BETWEEN {date(2026, 10, 1).toordinal() - EPOCH} AND {date(2026, 10, 31).toordinal() - EPOCH}"
WEEKS = f"day BETWEEN {date(2026, 8, 24).toordinal() - EPOCH} AND {date(2026, 11, 15).toordinal() - EPOCH}"
MONTHS = f"day BETWEEN {date(2026, 5, 1).toordinal() - EPOCH} AND {date(2026, 10, 31).toordinal() - EPOCH}"
YEAR = f"day BETWEEN {date(2026, 1, 1).toordinal() - EPOCH} AND {AS_OF.toordinal() - EPOCH}"
PLAIN = {
    "total tokens in October": f"SELECT {TOKENS} FROM flat WHERE {OCTOBER}",
    "cost by tool in October": f"SELECT tool, sum(cost) FROM flat WHERE {OCTOBER} GROUP BY tool",
    "cost by provider this year": f"SELECT provider, sum(cost) FROM flat WHERE {YEAR} GROUP BY provider",
    "tokens by week": f"SELECT (day + 3) / 7, {TOKENS} FROM flat WHERE {WEEKS} GROUP BY (day + 3) / 7",
    "requests by model in October": f"SELECT model, sum(requests) FROM flat WHERE {OCTOBER} GROUP BY model",
    "tokens by team in October": f"SELECT team, {TOKENS} FROM flat WHERE {OCTOBER} GROUP BY team",
    "active people in October": f"SELECT count(DISTINCT email) FROM flat WHERE {OCTOBER}",
    "cost by month": f"SELECT day / 30, sum(cost) FROM flat WHERE {MONTHS} GROUP BY day / 30",
    "acceptance rate by tool in October": (
        f"SELECT tool, sum(accepted) * 1.0 / sum(suggested) FROM flat WHERE {OCTOBER} GROUP BY tool"
    ),
    "tokens by title in October": f"SELECT title, {TOKENS} FROM flat WHERE {OCTOBER} GROUP BY title",
}
OTHERS = (
    "tokens per employee by team last month",
    "adoption rate by team last month",
    "adoption rate by week",
    "top 5 teams by tokens per employee last month",
    "which team's tokens grew most last month?",
    "share of claude_code in cost by team last month",
    "why did Group 3's tokens change in October?",
    "tokens by team and tool last month",
    "how many people used cursor last month",
    "headcount by team",
)


@pytest.mark.parametrize("crowd", [*SIZES, *LARGE], ids=lambda crowd: f"{crowd.facts}-{crowd.people}")
@pytest.mark.parametrize("backend", BACKENDS)
def test_questions_beside_plain_sql(backend: str, crowd: Crowd, tmp_path: Path) -> None:
    clock = process_time if backend == "sqlite" else perf_counter
    with fresh_store(backend, tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        fill(engine, workspace_id, crowd)
        engine.dispose()
        print(f"\n{backend}, {crowd.facts:,} facts of {crowd.people:,} people, in ms")
        medians, plain = {}, {}
        for who, email in (("operator", None), ("member", crowd.email(3))):
            times = _asked(url, email, clock)
            cuts = quantiles([times[question] for question in (*PLAIN, *OTHERS)], n=20)
            plain[who], medians[who] = sum(times[question] for question in PLAIN), cuts[9]
            print(f"  {who:9} first {times['first']:,.0f}, p50 {cuts[9]:.1f}, p95 {cuts[18]:.1f}")
    raw = _raw(tmp_path, crowd) if backend == "sqlite" else {}
    for program, seconds in raw.items():
        ratios = ", ".join(f"{seconds / plain[who]:.1f} times faster as {who}" for who in plain)
        print(f"  ten plain questions {plain['operator']:,.0f}; {program} over the same rows {seconds:,.0f}: {ratios}")
    if crowd.facts >= MANY_FACTS and raw:
        print(f"  the goal is {GOAL} times faster than SQLite")
        assert raw["SQLite"] >= HELD * plain["operator"]
    assert medians["member"] <= AS_MEMBER * medians["operator"]


def _asked(url: str, email: str | None, clock: Callable[[], float]) -> dict[str, float]:
    """Milliseconds of each question asked again, the best of some, and of the first one after the start."""
    asking = Asking(load({"DATABASE_URL": url}), as_of=AS_OF, email=email)
    started = clock()
    asking.ask(next(iter(PLAIN)))
    times = {"first": (clock() - started) * 1_000}
    for _ in range(ROUNDS):
        for question in (*PLAIN, *OTHERS):
            started = clock()
            answer = asking.ask(question)
            times[question] = min(times.get(question, inf), (clock() - started) * 1_000)
            assert answer.status is Status.ANSWERED, (question, answer.text)
    asking.close()
    print("   ", *(f"{question}: {ms:.0f};" for question, ms in sorted(times.items(), key=lambda item: -item[1])[:6]))
    asking.reading.dispose()
    asking.writing.dispose()
    return times


def _raw(folder: Path, crowd: Crowd) -> dict[str, float]:
    """Milliseconds of the plain questions in SQL over the flat table, by program; each on one thread."""
    path = folder / "flat.db"
    write_flat(path, crowd)
    with sqlite3.connect(path) as connection:
        found = {"SQLite": _timed(lambda sql: connection.execute(sql).fetchall())}
    if find_spec("duckdb"):
        duck = import_module("duckdb").connect(config={"threads": 1})
        columns = [row[1] for row in sqlite3.connect(path).execute("PRAGMA table_info(flat)")]
        _copy(path, folder / "flat.csv")
        duck.execute(f"CREATE TABLE flat AS SELECT * FROM read_csv('{folder / 'flat.csv'}', names={columns})")
        found["DuckDB"] = _timed(lambda sql: duck.execute(sql).fetchall())
    return found


def _copy(path: Path, file: Path) -> None:
    with sqlite3.connect(path) as connection, file.open("w", encoding="utf-8") as out:
        for row in connection.execute("SELECT * FROM flat"):
            out.write(",".join(map(str, row)) + "\n")


def _timed(run: Callable[[str], object]) -> float:
    totals = []
    for _ in range(ROUNDS):
        started = process_time()
        for sql in PLAIN.values():
            run(sql)
        totals.append((process_time() - started) * 1_000)
    return min(totals)
