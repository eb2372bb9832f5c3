"""GitHub Copilot CLI: `session-store.db`, a row a request, else `session-state/*/events.jsonl`.

Input includes what was read from and written to a cache. The events tell a session's counters when it ends: they run
on when it is taken up again, and start anew after a compaction. A session that was killed tells its output alone.
Of one session the best telling counts: rows, then counters, then output.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from bot.sources.logs.calls import OUTPUT_ALONE, Call, CallStream, key
from bot.sources.logs.documents import BadDatabaseRow, read_only
from bot.sources.logs.wire import Count, Loose, instant, text

TOOL = "copilot_cli"
NEEDLES = (b'"session.', b'"assistant.message"')
DATABASE = "session-store.db"
FILE, FOLDER = "events.jsonl", "session-state"
SPEAKERS = {"session", "assistant", "user", "tool", "hook", "system", "abort"}
SELLER = "github-copilot"
SAID, ENDED, ROWS = range(3)  # grades of what tells of a session
REASONS_BESIDE_OUTPUT = "gemini"  # models whose reasoning is not part of their output


class CopilotUsage(Struct):
    """Counters of one model in a session."""

    inputTokens: Count = None
    cacheReadTokens: Count = None
    cacheWriteTokens: Count = None
    outputTokens: Count = None
    reasoningTokens: Count = None


class Requests(Struct):
    """How many requests a model answered."""

    count: Count = None


class Metrics(Struct):
    """What a session used of one model."""

    usage: CopilotUsage | None = None
    requests: Requests | Loose = None


class Data(Struct):
    """What an event says."""

    sessionId: Any = None
    sessionStartTime: Any = None
    selectedModel: Any = None
    newModel: Any = None
    model: Any = None
    messageId: Any = None
    success: Any = None
    outputTokens: Count | Loose = None
    modelMetrics: dict[str, Metrics] | None = None


class CopilotEvent(Struct):
    """An event of a session."""

    type: Any = None
    id: Any = None
    timestamp: Any = None
    data: Data | Loose = None


class CopilotRequest(Struct):
    """A request of the session store; a column that an older one lacks is absent."""

    id: Any
    session_id: Any
    model: Any
    created_at: Any
    input_tokens: Count = None
    cache_read_tokens: Count = None
    cache_write_tokens: Count = None
    output_tokens: Count = None
    reasoning_tokens: Count = None


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return parts[-1] == FILE and (FOLDER in parts[:-1] or len(parts) <= 2)


def knows(line: dict[str, Any]) -> bool:
    """Whether a line looks like theirs."""
    named = line.get("type")
    return isinstance(named, str) and named.split(".")[0] in SPEAKERS and isinstance(line.get("data"), dict)


class CopilotReader:
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

    def read(self, line: CopilotEvent, _place: int) -> Iterable[Call]:
        """The calls that a line tells of."""
        data = line.data
        if not isinstance(data, Data):
            return ()
        if line.timestamp is not None:
            self._last = instant(line.timestamp)
        if line.type == "session.start":
            self._session = text(data.sessionId) or self._session
            self._model = text(data.selectedModel) or self._model
        elif line.type == "session.model_change":
            self._model = text(data.newModel) or text(data.model) or self._model
        elif line.type == "session.compaction_complete" and data.success is True:
            self._held = {}
        elif line.type == "session.shutdown":
            return self._ended(data)
        elif line.type == "assistant.message" and isinstance(data.outputTokens, int):
            return self._said(data, data.outputTokens, line)
        return ()

    def _ended(self, data: Data) -> list[Call]:
        at = self._last if self._last is not None else instant(data.sessionStartTime)
        self._leg += 1
        calls = []
        for model, metrics in (data.modelMetrics or {}).items():
            usage = metrics.usage or CopilotUsage()
            requests = metrics.requests.count if isinstance(metrics.requests, Requests) else 0
            now = [
                count or 0
                for count in (
                    usage.inputTokens,
                    usage.cacheReadTokens,
                    usage.cacheWriteTokens,
                    usage.outputTokens,
                    usage.reasoningTokens,
                    requests,
                )
            ]
            before = self._held.get(model, [0] * len(now))
            self._held[model] = now
            runs_on = all(new >= old for new, old in zip(now, before, strict=True))
            used = [new - old for new, old in zip(now, before, strict=True)] if runs_on else now
            if any(used):
                told = key(TOOL, self._session, "ended", self._leg, model)
                calls.append(_call(told, at, self._session, text(model), used, ENDED))
        return calls

    def _said(self, data: Data, output: int, line: CopilotEvent) -> list[Call]:
        at = instant(line.timestamp)
        told = key(TOOL, self._session, "said", text(data.messageId) or text(line.id) or at)
        model = text(data.model) or self._model
        return [_call(told, at, self._session, model, [0, 0, 0, output, 0, 1], SAID)]


def read_database(path: Path) -> Iterator[Call | BadDatabaseRow]:
    """The requests of all sessions that a session store holds."""
    with read_only(path) as connection:
        there = [row[1] for row in connection.execute("PRAGMA table_info(assistant_usage_events)")]
        if not {"id", "session_id", "model", "created_at"}.issubset(there):
            return
        for number, values in enumerate(connection.execute("SELECT * FROM assistant_usage_events"), start=1):
            try:
                row = convert(dict(zip(there, values, strict=True)), CopilotRequest)
                told = key(TOOL, row.session_id, "row", row.id, row.created_at)
                used = [
                    count or 0
                    for count in (
                        row.input_tokens,
                        row.cache_read_tokens,
                        row.cache_write_tokens,
                        row.output_tokens,
                        row.reasoning_tokens,
                        1,
                    )
                ]
                yield _call(told, instant(row.created_at), str(row.session_id), text(row.model), used, ROWS)
            except ValueError as bad:
                yield BadDatabaseRow(number, str(bad))


def _call(told: bytes, at: int, session: str, model: str, used: list[int], grade: int) -> Call:
    prompt, cached, written, output, reasoning, requests = used
    if model.startswith(REASONS_BESIDE_OUTPUT):
        output += reasoning
    cached = min(cached, prompt)
    written = min(written, prompt - cached)
    figures = (prompt - cached - written, cached, written, 0, output, min(reasoning, output))
    stream = CallStream(TOOL, SELLER, model, OUTPUT_ALONE if grade == SAID else "")
    return Call(told, output, at, stream, *figures, 0, requests, key(TOOL, session), grade)
