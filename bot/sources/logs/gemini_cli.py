"""Gemini CLI: `tmp/*/chats/session-*`, one JSON a session in older versions, JSON lines in newer ones.

A message is written anew whenever it changes, under its id, and the last one counts; `$set` may carry all of them
again. What was rewound was used all the same. Cached tokens lie inside the input, thoughts beside the output. Prompt
tokens of tools are in no class of ours and are left out, as in the client's own input.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from bot.sources.logs.calls import Call, CallStream, key, maker
from bot.sources.logs.documents import json_file
from bot.sources.logs.wire import Count, Loose, instant, text

TOOL = "gemini_cli"
NEEDLES = (b'"tokens"', b'"sessionId"')


class GeminiTokens(Struct):
    """What a reply used."""

    input: Count = None
    cached: Count = None
    output: Count = None
    thoughts: Count = None


class GeminiMessage(Struct):
    """A message; only a reply has tokens."""

    id: Any = None
    type: Any = None
    timestamp: Any = None
    model: Any = None
    tokens: GeminiTokens | Loose = None


class Session(Struct):
    """A whole session, or what of it is set anew."""

    sessionId: Any = None
    messages: list[GeminiMessage] | None = None


class GeminiLine(GeminiMessage):
    """A line of a session file: its head, a message, or a change."""

    sessionId: Any = None
    messages: list[GeminiMessage] | None = None
    change: Session | Loose = field(name="$set", default=None)


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return parts[-2:-1] == ("chats",) and parts[-1].startswith("session-")


def knows(line: dict[str, Any]) -> bool:
    """Whether a line looks like theirs; a whole session in one JSON does too."""
    return "sessionId" in line and ("projectHash" in line or isinstance(line.get("messages"), list))


class GeminiReader:
    """Reads the lines of one session in their order; `memory` is what a later line needs of the earlier ones."""

    def __init__(self, memory: dict[str, Any], file: str) -> None:
        self._session: str = memory.get("session") or file

    def memory(self) -> dict[str, Any]:
        """What to start from when the file has grown."""
        return {"session": self._session}

    def read(self, line: GeminiLine, place: int) -> Iterable[Call]:
        """The calls that a line tells of; a later place outranks an earlier one."""
        self._session = text(line.sessionId) or self._session
        set_anew = line.change.messages if isinstance(line.change, Session) else None
        return list(_calls(self._session, [line, *(line.messages or ()), *(set_anew or ())], place))


def read_file(path: Path) -> Iterator[Call]:
    """The calls of a session that is one JSON; the same session as lines is newer, and outranks it."""
    session = json_file(path, Session)
    yield from _calls(text(session.sessionId) or path.stem, session.messages or (), -1)


def _calls(session: str, messages: Sequence[GeminiMessage], place: int) -> Iterator[Call]:
    for message in messages:
        tokens = message.tokens
        if not isinstance(tokens, GeminiTokens) or message.type != "gemini":
            continue
        prompt, thought = tokens.input or 0, tokens.thoughts or 0
        cached = min(tokens.cached or 0, prompt)
        at, model = instant(message.timestamp), text(message.model)
        figures = (prompt - cached, cached, 0, 0, (tokens.output or 0) + thought, thought)
        told = (message.id,) if isinstance(message.id, str) else (at, model, figures)
        yield Call(key(TOOL, session, *told), place, at, CallStream(TOOL, maker(model), model), *figures)
