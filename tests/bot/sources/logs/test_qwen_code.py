"""Qwen Code: thoughts inside the candidates, one `uuid` one reply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bot.sources.logs.machine import Line, Machine, figures, only

FILE = "projects/-w/chats/q-1.jsonl"
BRANCH = "projects/-w/chats/q-2.jsonl"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def reply(uuid: str = "u1", session: str = "q-1", total: int | None = 1_080, **more: Any) -> Line:
    usage = {"promptTokenCount": 1_000, "candidatesTokenCount": 80, "thoughtsTokenCount": 30}
    usage |= {"cachedContentTokenCount": 600} | ({} if total is None else {"totalTokenCount": total})
    line: Line = {"uuid": uuid, "parentUuid": None, "sessionId": session, "timestamp": "2026-11-05T08:00:00.000Z"}
    said = {"type": "assistant", "model": "qwen3-coder-plus", "message": {"role": "model", "parts": [{"text": "x"}]}}
    return line | said | {"usageMetadata": usage} | more


@pytest.mark.parametrize(("total", "output"), [(1_080, 80), (None, 80), (1_110, 110)])
def test_thoughts_lie_within_the_candidates_unless_the_total_says_otherwise(
    machine: Machine, total: int | None, output: int
) -> None:
    machine.write(FILE, reply(total=total))

    row = only(machine.read())
    assert (row.tool, row.reasoning_tokens) == ("qwen_code", 30)
    assert figures(row) == (1, 400, 600, 0, output)


def test_a_branched_session_tells_the_same_replies(machine: Machine) -> None:
    machine.write(FILE, reply())
    machine.write(BRANCH, reply(session="q-2"), reply("u2", "q-2"))

    assert only(machine.read()).requests == 2


def test_telemetry_tells_of_no_further_call(machine: Machine) -> None:
    machine.write(FILE, reply(), reply("u9", type="system", subtype="ui_telemetry"))

    assert only(machine.read()).requests == 1


def test_a_model_without_a_price_is_named_and_never_free(machine: Machine) -> None:
    machine.write(FILE, reply())

    found = machine.read()
    assert only(found).cost_usd is None
    assert found.unpriced == {"qwen3-coder-plus": 1}
