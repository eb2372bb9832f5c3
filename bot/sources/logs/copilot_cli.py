"""GitHub Copilot CLI: `session-store.db`, a row a request, else `session-state/*/events.jsonl`.

Input includes what was read from and written to a cache. The events tell a session's counters when it ends: they run
on when it is taken up again, and start anew after a compaction. A session that was killed tells its output alone.
Of one session the best telling counts: rows, then counters, then output.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.sources.logs.calls import OUTPUT_ALONE, Call, Line, Stream, counts, instant, key, nested, text
from bot.sources.logs.documents import BadRow, read_only

TOOL = "copilot_cli"
NEEDLES = (b'"session.', b'"assistant.message"')
DATABASE = "session-store.db"
FILE, FOLDER = "events.jsonl", "session-state"
SELLER = "github-copilot"
OUTPUT_ONLY, COUNTERS, ROWS = range(3)  # grades
COLUMNS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens")
USAGE = ("inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens", "reasoningTokens")
REASONS_BESIDE_OUTPUT = "gemini"  # models whose reasoning is not part of their output


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return parts[-1] == FILE and (FOLDER in parts[:-1] or len(parts) <= 2)


def knows(line: Line) -> bool:
    """Whether a line looks like theirs."""
    named = line.get("type")
    return isinstance(named, str) and named.split(".")[0] in {"session", "assistant", "user", "tool"} and "data" in line


class Reader:
    """Reads the events of one session in their order; `memory` is what a later line needs of the earlier ones."""

    def __init__(self, memory: dict[str, Any], folder: str) -> None:
        self._session: str = memory.get("session") or folder
        self._model: str = memory.get("model", "")
        self._held: dict[str, list[int]] = memory.get("held", {})
        self._last: int | None = memory.get("last")
        self._leg: int = memory.get("leg", 0)

    def memory(self) -> dict[str, Any]:
        """What to start from when the file has grown."""
        return {
            "session": self._session,
            "model": self._model,
            "held": self._held,
            "last": self._last,
            "leg": self._leg,
        }

    def read(self, line: Line, _place: int) -> Iterable[Call]:
        """The calls that a line tells of."""
        data, named = line.get("data"), line.get("type")
        if not isinstance(data, dict):
            return ()
        if line.get("timestamp") is not None:
            self._last = instant(line["timestamp"])
        if named == "session.start":
            self._session = text(data.get("sessionId")) or self._session
            self._model = text(data.get("selectedModel")) or self._model
        elif named == "session.model_change":
            self._model = text(data.get("newModel")) or text(data.get("model")) or self._model
        elif named == "session.compaction_complete" and data.get("success") is True:
            self._held = {}
        elif named == "session.shutdown":
            return self._ended(data)
        elif named == "assistant.message" and data.get("outputTokens") is not None:
            return self._said(data, line)
        return ()

    def _ended(self, data: Line) -> list[Call]:
        self._leg += 1
        models = data.get("modelMetrics")
        at = self._last if self._last is not None else instant(data.get("sessionStartTime"))
        calls = []
        for model, metrics in models.items() if isinstance(models, dict) else ():
            now = [*counts(nested(metrics, "usage"), *USAGE), *counts(nested(metrics, "requests") or {}, "count")]
            before = self._held.get(model, [0] * len(now))
            self._held[model] = now
            grown = all(new >= old for new, old in zip(now, before, strict=True))
            used = [new - old for new, old in zip(now, before, strict=True)] if grown else now
            if any(used):
                told = key(TOOL, self._session, "ended", self._leg, model)
                calls.append(_call(told, at, self._session, text(model), used[:-1], used[-1], COUNTERS))
        return calls

    def _said(self, data: Line, line: Line) -> list[Call]:
        (output,) = counts(data, "outputTokens")
        at = instant(line.get("timestamp"))
        named = text(data.get("messageId")) or text(line.get("id")) or str(at)
        model = text(data.get("model")) or self._model
        told = key(TOOL, self._session, "said", named)
        return [_call(told, at, self._session, model, [0, 0, 0, output, 0], 1, OUTPUT_ONLY)]


def read_database(path: Path) -> Iterator[Call | BadRow]:
    """The requests of all sessions that a session store holds."""
    with read_only(path) as connection:
        there = {row[1] for row in connection.execute("PRAGMA table_info(assistant_usage_events)")}
        if not {"id", "session_id", "model", "created_at"} <= there:
            return
        columns = ", ".join(column if column in there else "0" for column in COLUMNS)
        rows = connection.execute(f"SELECT id, session_id, model, created_at, {columns} FROM assistant_usage_events")
        for number, (row, session, model, created, *figures) in enumerate(rows, start=1):
            try:
                at = instant(created)
                used = counts(dict(zip(COLUMNS, figures, strict=True)), *COLUMNS)
                told = key(TOOL, session, "row", row, created)
                yield _call(told, at, str(session), text(model), list(used), 1, ROWS)
            except ValueError as bad:
                yield BadRow(number, str(bad))


def _call(told: bytes, at: int, session: str, model: str, used: list[int], requests: int, grade: int) -> Call:
    prompt, cached, written, output, reasoning = used
    if model.startswith(REASONS_BESIDE_OUTPUT):
        output += reasoning
    cached = min(cached, prompt)
    written = min(written, prompt - cached)
    figures = (prompt - cached - written, cached, written, 0, output, min(reasoning, output))
    stream = Stream(TOOL, SELLER, model, "" if grade > OUTPUT_ONLY else OUTPUT_ALONE)
    return Call(told, output, at, stream, *figures, 0, requests, key(TOOL, session), grade)
