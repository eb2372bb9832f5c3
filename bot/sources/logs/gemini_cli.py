"""Gemini CLI: `tmp/*/chats/session-*`, one JSON a session in older versions, JSON lines in newer ones.

A message is written anew whenever it changes, under its id, and the last one counts; `$set` may carry all of them
again. What was rewound was used all the same. Cached tokens lie inside the input, thoughts beside the output. Prompt
tokens of tools are in no class of ours and are left out, as in the client's own input.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.sources.logs.calls import BadLine, Call, Line, Stream, counts, instant, key, maker, text

TOOL = "gemini_cli"
NEEDLES = (b'"tokens"', b'"sessionId"')


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return parts[-2:-1] == ("chats",) and parts[-1].startswith("session-")


def knows(line: Line) -> bool:
    """Whether a line looks like theirs; a whole session in one JSON does too."""
    return "sessionId" in line and ("projectHash" in line or isinstance(line.get("messages"), list))


class Reader:
    """Reads the lines of one session in their order; `memory` is what a later line needs of the earlier ones."""

    def __init__(self, memory: dict[str, Any], file: str) -> None:
        self._session = memory.get("session") or file

    def memory(self) -> dict[str, Any]:
        """What to start from when the file has grown."""
        return {"session": self._session}

    def read(self, line: Line, place: int) -> Iterable[Call]:
        """The calls that a line tells of; a later place outranks an earlier one."""
        if isinstance(line.get("sessionId"), str):
            self._session = line["sessionId"]
        changed = line.get("$set")
        holders = (line, changed if isinstance(changed, dict) else {})
        messages = [one for holder in holders for one in _listed(holder.get("messages"))]
        return list(_calls(self._session, [line, *messages] if "tokens" in line else messages, place))


def read_whole(session: Line, file: str) -> Iterator[Call]:
    """The calls of a session that is one JSON; the same session as lines is newer, and outranks it."""
    named = session.get("sessionId")
    yield from _calls(named if isinstance(named, str) else file, _listed(session.get("messages")), -1)


def _calls(session: str, messages: list[Any], place: int) -> Iterator[Call]:
    for message in messages:
        tokens = message.get("tokens") if isinstance(message, dict) and message.get("type") == "gemini" else None
        if tokens is None:
            continue
        prompt, cached, said, thought = counts(tokens, "input", "cached", "output", "thoughts")
        at, model = instant(message.get("timestamp")), text(message.get("model"))
        cached = min(cached, prompt)
        figures = (prompt - cached, cached, 0, 0, said + thought, thought)
        named = message.get("id")
        told = (named,) if isinstance(named, str) else (at, model, figures)
        yield Call(key(TOOL, session, *told), place, at, Stream(TOOL, maker(model), model), *figures)


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadLine("its messages are no list")
    return value
