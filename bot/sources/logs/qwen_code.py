"""Qwen Code: `projects/*/chats/*.jsonl`, lines shaped after the Gemini API.

Cached tokens lie inside the prompt, thoughts inside the candidates, unless the line's own total says otherwise. A
branched session copies lines with their `uuid`, so that one `uuid` is one reply.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.sources.logs.calls import Call, Line, Stream, counts, instant, key, maker, nested, text

TOOL = "qwen_code"
NEEDLES = (b'"usageMetadata"',)


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return parts[-2:-1] == ("chats",) and "projects" in parts[:-2]


def knows(line: Line) -> bool:
    """Whether a line looks like theirs."""
    if "sessionId" not in line or "projectHash" in line:
        return False
    return "usageMetadata" in line or isinstance(nested(line, "message", "parts"), list)


def read(line: Line, _place: int) -> Iterable[Call]:
    """The call that a line tells of."""
    usage = line.get("usageMetadata")
    if usage is None or line.get("type") != "assistant":
        return ()
    prompt, cached, said, thought, total = counts(
        usage,
        "promptTokenCount",
        "cachedContentTokenCount",
        "candidatesTokenCount",
        "thoughtsTokenCount",
        "totalTokenCount",
    )
    output = said + thought if thought and total == prompt + said + thought else max(said, thought)
    cached = min(cached, prompt)
    at, model = instant(line.get("timestamp")), text(line.get("model"))
    figures = (prompt - cached, cached, 0, 0, output, thought)
    named = line.get("uuid")
    told = (named,) if isinstance(named, str) and named else (line.get("sessionId"), at, model, figures)
    return (Call(key(TOOL, *told), output, at, Stream(TOOL, maker(model), model), *figures),)
