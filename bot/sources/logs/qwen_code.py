"""Qwen Code: `projects/*/chats/*.jsonl`, lines shaped after the Gemini API.

Cached tokens lie inside the prompt, thoughts inside the candidates, unless the line's own total says otherwise. A
branched session copies lines with their `uuid`, so that one `uuid` is one reply.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from bot.sources.logs.calls import Call, CallStream, key, maker
from bot.sources.logs.wire import Count, Loose, instant, text

TOOL = "qwen_code"
NEEDLES = (b'"usageMetadata"',)


class QwenUsage(Struct):
    """What a reply used."""

    promptTokenCount: Count = None
    cachedContentTokenCount: Count = None
    candidatesTokenCount: Count = None
    thoughtsTokenCount: Count = None
    totalTokenCount: Count = None


class QwenLine(Struct):
    """A line of a session file."""

    type: Any = None
    uuid: Any = None
    sessionId: Any = None
    timestamp: Any = None
    model: Any = None
    usageMetadata: QwenUsage | Loose = None


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return parts[-2:-1] == ("chats",) and "projects" in parts[:-2]


def knows(line: dict[str, Any]) -> bool:
    """Whether a line looks like theirs."""
    if "sessionId" not in line or "projectHash" in line:
        return False
    message = line.get("message")
    return "usageMetadata" in line or (isinstance(message, dict) and isinstance(message.get("parts"), list))


def read(line: QwenLine, _place: int) -> Iterable[Call]:
    """The call that a line tells of."""
    usage = line.usageMetadata
    if not isinstance(usage, QwenUsage) or line.type != "assistant":
        return ()
    prompt, said, thought = usage.promptTokenCount or 0, usage.candidatesTokenCount or 0, usage.thoughtsTokenCount or 0
    output = said + thought if usage.totalTokenCount == prompt + said + thought else max(said, thought)
    cached = min(usage.cachedContentTokenCount or 0, prompt)
    at, model = instant(line.timestamp), text(line.model)
    figures = (prompt - cached, cached, 0, 0, output, thought)
    told = (line.uuid,) if line.uuid and isinstance(line.uuid, str) else (line.sessionId, at, model, figures)
    return (Call(key(TOOL, *told), output, at, CallStream(TOOL, maker(model), model), *figures),)
