"""GitHub Copilot CLI: rows of the store before counters, counters before output alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot.sources.logs.machine import Line, Machine, figures, only, sums

FILE = "session-state/s-1/events.jsonl"
MODEL = "claude-sonnet-4.5"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def event(named: str, minute: int = 0, **data: Any) -> Line:
    return {"type": named, "id": f"{named}-{minute}", "timestamp": f"2026-11-06T09:{minute:02d}:00.000Z", "data": data}


def start() -> Line:
    return event("session.start", sessionId="s-1", selectedModel=MODEL)


def shutdown(minute: int, prompt: int, cached: int, written: int, output: int, requests: int) -> Line:
    usage = {"inputTokens": prompt, "cacheReadTokens": cached, "cacheWriteTokens": written, "outputTokens": output}
    return event(
        "session.shutdown", minute, modelMetrics={MODEL: {"requests": {"count": requests, "cost": 1}, "usage": usage}}
    )


def store(machine: Machine, *rows: tuple[Any, ...], columns: str = "") -> None:
    names = "id, session_id, model, created_at, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens"
    with closing(sqlite3.connect(machine.path("session-store.db"))) as connection, connection:
        connection.execute(f"CREATE TABLE assistant_usage_events ({names}{columns})")
        for row in rows:
            connection.execute(f"INSERT INTO assistant_usage_events VALUES ({', '.join('?' * len(row))})", row)


def test_input_includes_what_was_read_from_and_written_to_a_cache(machine: Machine) -> None:
    store(machine, (1, "s-1", MODEL, "2026-11-06T09:00:00.000Z", 1_000, 50, 700, 200))

    row = only(machine.read())
    assert (row.tool, row.model) == ("copilot_cli", MODEL)
    assert figures(row) == (1, 100, 700, 200, 50)


def test_counters_run_on_when_a_session_is_taken_up_again(machine: Machine) -> None:
    machine.write(FILE, start(), shutdown(10, 1_000, 700, 200, 50, 4), shutdown(20, 3_000, 2_100, 200, 90, 7))

    assert figures(only(machine.read())) == (7, 700, 2_100, 200, 90)


def test_counters_start_anew_after_a_compaction(machine: Machine) -> None:
    compacted = event("session.compaction_complete", 15, success=True)
    machine.write(
        FILE, start(), shutdown(10, 1_000, 700, 200, 50, 4), compacted, shutdown(20, 3_000, 2_100, 200, 90, 7)
    )

    assert figures(only(machine.read())) == (11, 800, 2_800, 400, 140)


def test_counters_that_fall_are_taken_as_they_are(machine: Machine) -> None:
    failed = event("session.compaction_complete", 15, success=False)
    machine.write(FILE, start(), shutdown(10, 1_000, 700, 200, 50, 4), failed, shutdown(20, 400, 0, 0, 9, 1))

    assert figures(only(machine.read())) == (5, 500, 700, 200, 59)


def test_a_session_that_was_killed_tells_its_output_and_has_no_price(machine: Machine) -> None:
    machine.write(FILE, start(), event("assistant.message", 5, messageId="m1", outputTokens=33))

    found = machine.read()
    assert figures(only(found)) == (1, 0, 0, 0, 33)
    assert only(found).cost_usd is None
    assert found.output_alone == {"copilot_cli": 1}
    assert found.unpriced == {}


def test_the_best_telling_of_a_session_counts_whenever_it_comes(machine: Machine) -> None:
    machine.write(FILE, start(), event("assistant.message", 5, messageId="m1", outputTokens=33))
    assert sums(machine.read())["output_tokens"] == 33

    machine.append(FILE, shutdown(10, 1_000, 700, 200, 50, 4))
    assert sums(machine.read())["output_tokens"] == 50

    store(machine, (1, "s-1", MODEL, "2026-11-06T09:00:00.000Z", 1_000, 51, 700, 200))
    machine.append(FILE, event("assistant.message", 20, messageId="m2", outputTokens=5))
    found = machine.read()
    assert figures(only(found)) == (1, 100, 700, 200, 51)
    assert found.output_alone == {}


def test_a_newer_store_has_more_columns_and_an_older_one_fewer(machine: Machine) -> None:
    at = "2026-11-06T09:00:00.000Z"
    store(
        machine,
        (1, "s-1", "gemini-3-pro", at, 1_000, 50, 700, 200, 20, "user"),
        columns=", reasoning_tokens, initiator",
    )

    row = only(machine.read())
    assert (row.output_tokens, row.reasoning_tokens) == (70, 20)
