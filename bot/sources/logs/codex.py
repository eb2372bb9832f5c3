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

from bot.sources.logs.calls import ASSUMED, BadLine, Call, Line, Stream, count, instant, key, nested, text

TOOL = "codex"
NEEDLES = (b'"token_count"', b'"turn_context"', b'"session_meta"')
FOLDERS = {"sessions", "archived_sessions"}
NAMED = re.compile(r"rollout-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-(.+)\.jsonl").fullmatch
TYPES = {"session_meta", "turn_context", "response_item", "event_msg", "compacted"}
COUNTERS = ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_output_tokens", "cache_write_input_tokens")
NONE_YET = (0,) * len(COUNTERS)
UNSAID_MODEL = "gpt-5"  # what sessions used that named no model
SELLER = "openai"
REPLAY_MS = 1_000

Parent = Callable[[str], str | None]  # a session's parent, "" where it has none; None where its file is not known


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return NAMED(parts[-1]) is not None or not FOLDERS.isdisjoint(parts[:-1])


def knows(line: Line) -> bool:
    """Whether a line looks like theirs."""
    return line.get("type") in TYPES and isinstance(line.get("payload"), dict)


def session_of(file: str) -> str:
    """The session that a file's name says, "" where it says none."""
    named = NAMED(PurePath(file).name)
    return named[1] if named else ""


def parent_of(meta: Line) -> str:
    """The session that one was forked from or works for, "" where none is named."""
    spawned = nested(meta, "source", "subagent", "thread_spawn", "parent_thread_id")
    return text(meta.get("forked_from_id")) or text(spawned)


class Reader:
    """Reads the lines of one session in their order; `memory` is what a later line needs of the earlier ones."""

    def __init__(self, memory: dict[str, Any], parent: Parent) -> None:
        self._parent = parent
        self._session: str = memory.get("session", "")
        self._root: str = memory.get("root", "")
        self._model: str = memory.get("model", "")
        self._provider: str = memory.get("provider", SELLER)
        self._held: tuple[int, ...] | None = tuple(memory["held"]) if memory.get("held") else None
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

    def read(self, line: Line, _place: int) -> Iterable[Call]:
        """The call that a line tells of."""
        payload = line.get("payload")
        if not isinstance(payload, dict):
            return ()
        if line.get("type") == "session_meta":
            self._begin(payload, line)
        elif line.get("type") == "turn_context":
            self._model = text(payload.get("model")) or self._model
        elif payload.get("type") == "token_count" and isinstance(info := payload.get("info"), dict):
            return self._counted(info, instant(line.get("timestamp")), text(info.get("model")))
        return ()

    def _begin(self, meta: Line, line: Line) -> None:
        if self._session:  # a fork repeats the heads of its ancestors
            return
        self._session = text(meta.get("id")) or text(meta.get("session_id"))
        self._provider = text(meta.get("model_provider")) or SELLER
        ancestor = parent_of(meta)
        self._root = ancestor or self._session
        if ancestor and self._parent(ancestor) is None:
            self._replay_until = instant(line.get("timestamp") or meta.get("timestamp")) + REPLAY_MS
        seen = {self._session}
        while ancestor and ancestor not in seen:
            seen.add(ancestor)
            self._root, ancestor = ancestor, self._parent(ancestor) or ""

    def _counted(self, info: Line, at: int, model: str) -> Iterable[Call]:
        total, last = _counters(info.get("total_token_usage")), _counters(info.get("last_token_usage"))
        held = self._held
        if total is None and last is None:
            return ()
        told: tuple[object, ...]
        if total is None:
            used, told = last or NONE_YET, (self._session, at, model or self._model, last)
        else:
            if total == held:
                return ()
            if held is not None and any(now < before for now, before in zip(total, held, strict=True)):
                self._starts, held = self._starts + 1, None
            used = tuple(now - before for now, before in zip(total, held, strict=True)) if held else last or total
            self._held = total
            told = (self._root, self._starts, total) if self._root else (at, model or self._model, total)
        if at <= self._replay_until or not any(used):
            return ()
        fresh, cached, output, reasoning, written = used
        cached = min(cached, fresh)
        written = min(written, fresh - cached)
        named = model or self._model
        stream = Stream(TOOL, self._provider, named or UNSAID_MODEL, "" if named else ASSUMED)
        figures = (fresh - cached - written, cached, written, 0, output, min(reasoning, output))
        # The earliest telling is the call's own one; what a fork repeats comes later, maybe under another model.
        return (Call(key(TOOL, *told), -at, at, stream, *figures),)


def _counters(usage: object) -> tuple[int, ...] | None:
    if usage is None:
        return None
    if not isinstance(usage, dict):
        raise BadLine("its usage is no object")
    return tuple(count(usage.get(name), name) for name in COUNTERS)
