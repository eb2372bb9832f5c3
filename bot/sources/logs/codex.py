"""Codex: `sessions/**/rollout-*.jsonl` and `archived_sessions/`, with counters that run on through a session.

A call is the difference of two totals; a total that stands still is the same call told again, one that falls is a new
start. A forked session, or a subagent's, begins with its parent's counters under new times: they are the parent's
calls where its file is known, and nobody's within the first second where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from bot.sources.logs.calls import ASSUMED, Call, CallStream, key
from bot.sources.logs.wire import Count, Loose, instant, text
from storage.records import OF_A_PLAN

TOOL = "codex"
NEEDLES = (b'"token_count"', b'"turn_context"', b'"session_meta"')
FOLDERS = {"sessions", "archived_sessions"}
NAMED = re.compile(r"rollout-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-(.+)\.jsonl").fullmatch
TYPES = {"session_meta", "turn_context", "response_item", "event_msg", "compacted"}
UNSAID_MODEL = "gpt-5"  # what sessions used that named no model
SELLER = "openai"
REPLAY_MS = 1_000

Counters = tuple[int, int, int, int, int]  # input, cached, output, reasoning, written to a cache
Parent = Callable[[str], str | None]  # a session's parent, "" where it has none; None where its file is not known


class CodexUsage(Struct):
    """Tokens; cached and written ones lie inside the input, reasoning inside the output."""

    input_tokens: Count = None
    cached_input_tokens: Count = None
    output_tokens: Count = None
    reasoning_output_tokens: Count = None
    cache_write_input_tokens: Count = None

    def counters(self) -> Counters:
        """All of them in their order."""
        return (
            self.input_tokens or 0,
            self.cached_input_tokens or 0,
            self.output_tokens or 0,
            self.reasoning_output_tokens or 0,
            self.cache_write_input_tokens or 0,
        )


class Info(Struct):
    """What a session has used, and its last call."""

    total_token_usage: CodexUsage | None = None
    last_token_usage: CodexUsage | None = None
    model: Any = None


class PlanLimits(Struct):
    """How much of a ChatGPT plan is left, which is told where a login's plan pays, and not where a key does."""

    primary: Any = None
    plan_type: Any = None


class Spawn(Struct):
    """Who a subagent works for."""

    parent_thread_id: Any = None


class Subagent(Struct):
    """That a session is a subagent's."""

    thread_spawn: Spawn | Loose = None


class CodexSource(Struct):
    """Where a session comes from."""

    subagent: Subagent | Loose = None


class Payload(Struct):
    """The head of a session, the context of a turn, or an event."""

    type: Any = None
    info: Info | Loose = None
    rate_limits: PlanLimits | Loose = None
    id: Any = None
    session_id: Any = None
    timestamp: Any = None
    model: Any = None
    model_provider: Any = None
    forked_from_id: Any = None
    source: CodexSource | Loose = None

    def parent(self) -> str:
        """The session that one was forked from or works for, "" where none is named."""
        subagent = self.source.subagent if isinstance(self.source, CodexSource) else None
        spawn = subagent.thread_spawn if isinstance(subagent, Subagent) else None
        return text(self.forked_from_id) or (text(spawn.parent_thread_id) if isinstance(spawn, Spawn) else "")


class CodexLine(Struct):
    """A line of a session file."""

    type: Any = None
    timestamp: Any = None
    payload: Payload | Loose = None


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return NAMED(parts[-1]) is not None or not FOLDERS.isdisjoint(parts[:-1])


def knows(line: dict[str, Any]) -> bool:
    """Whether a line looks like theirs."""
    return line.get("type") in TYPES and isinstance(line.get("payload"), dict)


def session_of(file: str) -> str:
    """The session that a file's name says, "" where it says none."""
    named = NAMED(PurePath(file).name)
    return named[1] if named else ""


class CodexReader:
    """Reads the lines of one session in their order; `memory` is what a later line needs of the earlier ones."""

    def __init__(self, memory: dict[str, Any], parent: Parent) -> None:
        self._parent = parent
        self._session: str = memory.get("session", "")
        self._root: str = memory.get("root", "")
        self._model: str = memory.get("model", "")
        self._provider: str = memory.get("provider", SELLER)
        self._held: Counters | None = tuple(memory["held"]) if memory.get("held") else None
        self._starts: int = memory.get("starts", 0)
        self._replay_until: int = memory.get("replay_until", 0)

    def memory(self) -> dict[str, Any]:
        """What to start from when the file has grown."""
        return {
            "session": self._session,
            "root": self._root,
            "model": self._model,
            "provider": self._provider,
            "held": self._held,
            "starts": self._starts,
            "replay_until": self._replay_until,
        }

    def read(self, line: CodexLine, _place: int) -> Iterable[Call]:
        """The call that a line tells of."""
        payload = line.payload
        if not isinstance(payload, Payload):
            return ()
        if line.type == "session_meta":
            self._begin(payload, line.timestamp)
        elif line.type == "turn_context":
            self._model = text(payload.model) or self._model
        elif payload.type == "token_count" and isinstance(payload.info, Info):
            limits = payload.rate_limits
            of_plan = isinstance(limits, PlanLimits) and bool(limits.primary or limits.plan_type)
            return self._counted(payload.info, instant(line.timestamp), of_plan)
        return ()

    def _begin(self, meta: Payload, written: object) -> None:
        if self._session:  # a fork repeats the heads of its ancestors
            return
        self._session = text(meta.id) or text(meta.session_id)
        self._provider = text(meta.model_provider) or SELLER
        self._root, ancestor = self._session, meta.parent()
        if ancestor and self._parent(ancestor) is None:
            self._replay_until = instant(written or meta.timestamp) + REPLAY_MS
        seen = {self._session}
        while ancestor and ancestor not in seen:
            seen.add(ancestor)
            self._root, ancestor = ancestor, self._parent(ancestor) or ""

    def _counted(self, info: Info, at: int, of_plan: bool) -> Iterable[Call]:
        model = text(info.model) or self._model
        total = info.total_token_usage.counters() if info.total_token_usage else None
        last = info.last_token_usage.counters() if info.last_token_usage else None
        told: tuple[object, ...]
        if total is None:
            used, told = last, (self._session, at, model, last)
        elif total == self._held:
            return ()
        else:
            used = self._difference(total, last)
            told = (self._root, self._starts, total) if self._root else (at, model, total)
        if used is None or not any(used) or at <= self._replay_until:
            return ()
        prompt, cached, output, reasoning, written = used
        cached = min(cached, prompt)
        written = min(written, prompt - cached)
        figures = (prompt - cached - written, cached, written, 0, output, min(reasoning, output))
        terms = (OF_A_PLAN if of_plan else "") if model else ASSUMED
        stream = CallStream(TOOL, self._provider, model or UNSAID_MODEL, terms)
        # The earliest telling is the call's own one: what a fork repeats comes later, maybe under another model.
        return (Call(key(TOOL, *told), -at, at, stream, *figures),)

    def _difference(self, total: Counters, last: Counters | None) -> Counters:
        held, self._held = self._held, total
        if held is not None and any(now < before for now, before in zip(total, held, strict=True)):
            self._starts, held = self._starts + 1, None
        if held is None:
            return last or total
        return tuple(now - before for now, before in zip(total, held, strict=True))  # type: ignore[return-value]
