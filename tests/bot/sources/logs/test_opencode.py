"""opencode: the database before the files, and parts where a message holds zeros."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot.sources.logs.machine import Line, Machine, figures, only


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def tokens(fresh: int = 100, output: int = 40, reasoning: int = 10, read: int = 7, write: int = 3) -> Line:
    return {"input": fresh, "output": output, "reasoning": reasoning, "cache": {"read": read, "write": write}}


def message(named: str = "msg_1", **more: Any) -> Line:
    said: Line = {"id": named, "sessionID": "ses_1", "role": "assistant", "providerID": "anthropic"}
    said |= {"modelID": "claude-sonnet-4-5", "time": {"created": 1_793_700_000_000}, "cost": 0}
    return said | {"tokens": tokens() | {"total": 150}} | more


def write(machine: Machine, said: Line) -> None:
    machine.path(f"storage/message/ses_1/{said['id']}.json").write_text(json.dumps(said), "utf-8")


def write_part(machine: Machine, of: str, number: int, used: Line) -> None:
    part = {"type": "step-finish", "tokens": used}
    machine.path(f"storage/part/{of}/prt_{number}.json").write_text(json.dumps(part), "utf-8")


def database(machine: Machine, *messages: Line, parts: dict[str, list[Line]] | None = None) -> None:
    with closing(sqlite3.connect(machine.path("opencode.db"))) as connection, connection:
        connection.execute("CREATE TABLE message (id TEXT, session_id TEXT, data TEXT)")
        connection.execute("CREATE TABLE part (id TEXT, message_id TEXT, data TEXT)")
        rows = [(said.pop("id"), said.pop("sessionID"), json.dumps(said)) for said in messages]
        connection.executemany("INSERT INTO message VALUES (?, ?, ?)", rows)
        for of, found in (parts or {}).items():
            connection.executemany(
                "INSERT INTO part VALUES (?, ?, ?)", [(f"p{no}", of, json.dumps(part)) for no, part in enumerate(found)]
            )


def test_reasoning_lies_beside_the_output_and_the_cache_beside_the_input(machine: Machine) -> None:
    write(machine, message())

    row = only(machine.read())
    assert (row.date, row.tool, row.reasoning_tokens) == ("2026-11-03", "opencode", 10)
    assert figures(row) == (1, 100, 7, 3, 50)


def test_the_database_wins_over_the_files(machine: Machine) -> None:
    write(machine, message(tokens=tokens(fresh=999, output=999)))
    write(machine, message("msg_2"))
    database(machine, message())

    assert figures(only(machine.read())) == (2, 200, 14, 6, 100)


def test_a_message_of_zeros_has_its_figures_in_its_parts(machine: Machine) -> None:
    zeros = tokens(0, 0, 0, 0, 0)
    write(machine, message(tokens=zeros))
    write_part(machine, "msg_1", 1, tokens())
    write_part(machine, "msg_1", 2, tokens(fresh=1, output=0, reasoning=0, read=0, write=0))
    database(machine, message("msg_2", tokens=zeros), parts={"msg_2": [{"type": "step-finish", "tokens": tokens()}]})

    assert figures(only(machine.read())) == (3, 201, 14, 6, 100)


def test_a_users_message_is_no_call(machine: Machine) -> None:
    write(machine, {"id": "msg_9", "sessionID": "ses_1", "role": "user", "time": {"created": 1}})

    assert machine.read().rows == []


def test_a_database_is_left_as_it_was_and_read_again_when_it_has_changed(machine: Machine) -> None:
    database(machine, message())
    before = sorted(machine.folder.iterdir())
    assert only(machine.read()).requests == 1
    assert sorted(machine.folder.iterdir()) == before

    with closing(sqlite3.connect(machine.path("opencode.db"))) as connection, connection:
        said = message("msg_2")
        connection.execute("INSERT INTO message VALUES ('msg_2', 'ses_1', ?)", (json.dumps(said),))
    assert only(machine.read()).requests == 2


def test_a_database_that_another_program_has_open_is_read_with_its_log(machine: Machine) -> None:
    database(machine, message())
    with closing(sqlite3.connect(machine.path("opencode.db"))) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            connection.execute("INSERT INTO message VALUES ('msg_2', 'ses_1', ?)", (json.dumps(message("msg_2")),))
        assert only(machine.read()).requests == 2


def test_a_row_that_cannot_be_right_and_a_file_that_is_no_database_are_said(machine: Machine) -> None:
    database(machine, message(tokens=tokens(fresh=-1)), message("msg_2"))
    machine.path("opencode-beta.db").write_bytes(b"no database, but long enough to look like one" * 40)

    found = machine.read()
    assert only(found).requests == 1
    assert [(file, line) for file, line, _ in found.skipped] == [("opencode-beta.db", 1), ("opencode.db", 1)]
