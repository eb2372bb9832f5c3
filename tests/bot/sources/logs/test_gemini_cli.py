"""Gemini CLI: the last telling of a message counts, in either format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.sources.logs.machine import Line, Machine, figures, only

FILE = "tmp/abc/chats/session-2026-11-04T08-00-g1.jsonl"
HEAD: Line = {"sessionId": "g-1", "projectHash": "abc", "startTime": "2026-11-04T08:00:00.000Z"}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def reply(named: str = "m2", output: int = 50, **more: Any) -> Line:
    tokens = {"input": 900, "output": output, "cached": 400, "thoughts": 30, "tool": 0, "total": 930 + output}
    line: Line = {"id": named, "timestamp": "2026-11-04T08:00:20.000Z", "type": "gemini", "content": "x"}
    return line | {"tokens": tokens, "model": "gemini-3-flash-preview"} | more


def test_the_last_telling_counts_also_where_it_is_smaller(machine: Machine) -> None:
    machine.write(FILE, HEAD, reply(output=70), reply(output=50))

    assert figures(only(machine.read())) == (1, 500, 400, 0, 80)


def test_messages_that_a_change_carries_are_the_same_messages(machine: Machine) -> None:
    machine.write(FILE, HEAD, reply(), {"$set": {"messages": [reply(output=60), reply("m3", output=5)]}})

    assert figures(only(machine.read())) == (2, 1_000, 800, 0, 125)


def test_what_was_rewound_was_used(machine: Machine) -> None:
    machine.write(FILE, HEAD, reply("m2"), {"$rewindTo": "m2"}, reply("m4"))

    assert only(machine.read()).requests == 2


def test_a_reply_without_tokens_is_no_call(machine: Machine) -> None:
    machine.write(FILE, HEAD, reply(tokens=None), {"id": "m1", "type": "user", "timestamp": "2026-11-04T08:00:05Z"})

    assert machine.read().rows == []


@pytest.mark.parametrize("both", [False, True])
def test_a_session_in_one_json_is_the_same_session(machine: Machine, both: bool) -> None:
    whole = HEAD | {"messages": [reply(output=1), reply("m3")]}
    machine.path(FILE.replace(".jsonl", ".json")).write_text(json.dumps(whole, indent=1), "utf-8")
    if both:
        machine.write(FILE, HEAD, reply(output=50))

    assert figures(only(machine.read())) == (2, 1_000, 800, 0, 160 if both else 111)


def test_a_json_that_is_cut_off_is_reported_and_read_when_it_is_whole(machine: Machine) -> None:
    whole = json.dumps(HEAD | {"messages": [reply()]})
    path = machine.path(FILE.replace(".jsonl", ".json"))
    path.write_text(whole[:-9], "utf-8")
    assert [(file, line) for file, line, _ in machine.read().skipped] == [(FILE.replace(".jsonl", ".json"), 1)]

    path.write_text(whole, "utf-8")
    found = machine.read()
    assert only(found).requests == 1
    assert found.skipped == []
