"""All six clients on one machine, with all they do to their logs: the figures are those of the calls that were made.

Calls are made up first and their sums are kept; then they are written as clients write them: in partial lines, again,
copied into resumed, branched and forked sessions, replayed by side chains, archived, in two formats at once.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.sources.logs.machine import Line, Machine, claude, codex_count, codex_head, codex_turn, figures
from tests.bot.sources.logs.test_copilot_cli import MODEL, event
from tests.bot.sources.logs.test_gemini_cli import HEAD as GEMINI_HEAD
from tests.bot.sources.logs.test_gemini_cli import reply as gemini
from tests.bot.sources.logs.test_opencode import message as opencode
from tests.bot.sources.logs.test_qwen_code import reply as qwen
from tests.sampling import sampled, size

Figures = tuple[int, ...]  # calls, input, cached, written, output


def claude_code(machine: Machine, chance: random.Random) -> Figures:
    outputs = [chance.randint(2, 900) for _ in range(chance.randint(1, 12))]
    main, resumed, side = list[Line](), list[Line](), list[Line]()
    for number, output in enumerate(outputs):
        request = chance.choice((f"req_{number}", None))
        told = [1, chance.randint(1, output), output]  # a stream, told as it grows
        lines = [claude(f"msg_{number}", request=request, output=part) for part in told]
        chance.shuffle(lines)
        main += lines
        if chance.random() < 0.4:
            resumed += chance.sample(lines, chance.randint(1, 3))  # copied as they are
        if chance.random() < 0.3:
            main.append(claude(f"msg_{number}", request=f"retry_{number}", output=output))
        if chance.random() < 0.3:
            usage = {"cache_read_input_tokens": 90_000}
            side.append(claude(f"msg_{number}", request="req_side", isSidechain=True, output=output + 5, usage=usage))
    own = [chance.randint(1, 90) for _ in range(chance.randint(0, 3))]
    side += [claude(f"msg_sub_{number}", isSidechain=True, output=output) for number, output in enumerate(own)]
    main.append(claude("msg_none", model="<synthetic>", output=7))
    machine.write("projects/-w/s-1.jsonl", *main)
    machine.write("projects/-w/s-2.jsonl", *resumed)
    machine.write("projects/-w/s-1/subagents/agent-a1.jsonl", *side)
    calls = len(outputs) + len(own)
    return calls, 10 * calls, 600 * calls, 20 * calls, sum(outputs) + sum(own)


def codex(machine: Machine, chance: random.Random) -> Figures:
    calls = [
        (chance.randint(10, 900), chance.randint(0, 9), chance.randint(1, 90)) for _ in range(chance.randint(1, 6))
    ]
    total, counts = (0, 0, 0, 0), list[tuple[Figures, Figures]]()
    for fresh, cached, output in calls:
        last = (fresh + cached, cached, output, output // 2)
        total = tuple(map(sum, zip(total, last, strict=True)))  # type: ignore[assignment]
        counts.append((total, last))

    def lines(minute: str, of: list[tuple[Figures, Figures]], told_again: bool) -> list[Line]:
        made = []
        for number, (all_, last) in enumerate(of):
            told = codex_count(all_, chance.choice((last, None)), f"{minute}:{number:02d}.000")
            made += [told, told] if told_again and chance.random() < 0.5 else [told]
        return made

    whole = [codex_head(), codex_turn(), *lines("10:01", counts, told_again=True)]
    machine.write("sessions/2026/11/03/rollout-2026-11-03T10-00-00-p-1.jsonl", *whole)
    machine.write("archived_sessions/rollout-2026-11-03T10-00-00-p-1.jsonl", *whole[: chance.randint(2, len(whole))])
    head = codex_head("c-1", "2026-11-03T11:00:00.000Z", forked_from_id="p-1")
    repeated = lines("11:00", counts, told_again=False)
    grown = tuple(map(sum, zip(total, (70, 20, 9, 3), strict=True)))
    own = codex_count(grown, (70, 20, 9, 3), "11:09:00.000")
    machine.write(
        "sessions/2026/11/03/rollout-2026-11-03T11-00-00-c-1.jsonl",
        *(head, codex_head(), codex_turn(at="2026-11-03T11:00:00.001Z"), *repeated, own),
    )
    fresh, cached, output = (sum(column) for column in zip(*calls, strict=True))
    return len(calls) + 1, fresh + 50, cached + 20, 0, output + 9


def gemini_cli(machine: Machine, chance: random.Random) -> Figures:
    outputs = [chance.randint(1, 90) for _ in range(chance.randint(1, 6))]
    lines: list[Line] = [GEMINI_HEAD]
    for number, output in enumerate(outputs):
        lines += [gemini(f"m{number}", output=chance.randint(1, 99)) for _ in range(chance.randint(0, 2))]
        lines.append(gemini(f"m{number}", output=output))  # the last telling counts
    lines.append({"$rewindTo": "m0"})  # what was rewound was billed
    machine.write("tmp/abc/chats/session-2026-11-04T08-00-g1.jsonl", *lines)
    calls = len(outputs)
    return calls, 500 * calls, 400 * calls, 0, sum(outputs) + 30 * calls


def qwen_code(machine: Machine, chance: random.Random) -> Figures:
    calls = chance.randint(1, 6)
    told = [qwen(f"q{number}") for number in range(calls)]
    machine.write("projects/-q/chats/q-1.jsonl", *told, qwen("q_none", type="system", subtype="ui_telemetry"))
    branch = [qwen(f"q{number}", "q-2") for number in range(chance.randint(0, calls))]
    machine.write("projects/-q/chats/q-2.jsonl", *branch, qwen("q_own", "q-2"))
    calls += 1
    return calls, 400 * calls, 600 * calls, 0, 80 * calls


def open_code(machine: Machine, chance: random.Random) -> Figures:
    made = [opencode(f"msg_{number}") for number in range(chance.randint(1, 5))]
    with closing(sqlite3.connect(machine.path("opencode.db"))) as connection, connection:
        connection.execute("CREATE TABLE message (id TEXT, session_id TEXT, data TEXT)")
        connection.execute("CREATE TABLE part (id TEXT, message_id TEXT, data TEXT)")
        for said in made:
            data = {name: value for name, value in said.items() if name not in ("id", "sessionID")}
            connection.execute("INSERT INTO message VALUES (?, ?, ?)", (said["id"], "ses_1", json.dumps(data)))
    for said in chance.sample(made, chance.randint(0, len(made))):  # the older files of the same messages
        machine.path(f"storage/message/ses_1/{said['id']}.json").write_text(json.dumps(said), "utf-8")
    calls = len(made)
    return calls, 100 * calls, 7 * calls, 3 * calls, 50 * calls


def copilot_cli(machine: Machine, chance: random.Random) -> Figures:
    rows = [(chance.randint(1, 900), chance.randint(1, 90), chance.randint(0, 99), chance.randint(0, 99)) for _ in "ab"]
    with closing(sqlite3.connect(machine.path("session-store.db"))) as connection, connection:
        names = "id, session_id, model, created_at, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens"
        connection.execute(f"CREATE TABLE assistant_usage_events ({names})")
        for number, (fresh, output, read, written) in enumerate(rows):
            row = (number, "s-1", MODEL, "2026-11-06T09:00:00.000Z", fresh + read + written, output, read, written)
            connection.execute("INSERT INTO assistant_usage_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    fresh, output, read, written = (sum(column) for column in zip(*rows, strict=True))
    usage = {"inputTokens": fresh + read + written, "outputTokens": output}
    usage |= {"cacheReadTokens": read, "cacheWriteTokens": written}
    metrics = {MODEL: {"requests": {"count": len(rows), "cost": 1}, "usage": usage}}
    start = event("session.start", sessionId="s-1", selectedModel=MODEL)
    told = event("session.shutdown", 9, modelMetrics=metrics)  # the same calls once more
    machine.write("session-state/s-1/events.jsonl", start, told)
    return len(rows), fresh, read, written, output


CLIENTS: dict[str, Callable[[Machine, random.Random], Figures]] = {
    "claude_code": claude_code,
    "codex": codex,
    "gemini_cli": gemini_cli,
    "qwen_code": qwen_code,
    "opencode": open_code,
    "copilot_cli": copilot_cli,
}


@sampled
@pytest.mark.parametrize("seed", range(size(4, 200)))
def test_the_figures_are_those_of_the_calls_that_were_made(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    machine = Machine(tmp_path)
    made = {tool: write(machine, chance) for tool, write in CLIENTS.items()}

    for _ in range(2):  # read again it is the same
        found: dict[str, Counter[int]] = {tool: Counter() for tool in CLIENTS}
        for row in machine.read().rows:
            found[row.tool].update(dict(enumerate(figures(row))))
        assert {tool: tuple(told[place] for place in range(5)) for tool, told in found.items()} == made
