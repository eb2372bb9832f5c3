"""Claude Code: `projects/**/*.jsonl`, also of subagents and of Claude Desktop.

One reply is written as several lines (a line a content block, the first ones with few output tokens), copied into the
file of a resumed session, and replayed by side chains under another request: one `message.id` is one reply. Its
fullest line counts, of the main chain where there is one, on the day of its first line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from bot.sources.logs.calls import Call, CallStream, key, maker, message_key
from bot.sources.logs.wire import Count, Loose, instant, text

TOOL = "claude_code"
NEEDLES = (b'input_tokens"',)  # a key of every usage, with and without a cache: longer than `"usage"`, so sooner found
FOLDER = "projects"
LINES_WITHOUT_SESSION = {"summary", "file-history-snapshot", "custom-title", "tag"}
SYNTHETIC = "<synthetic>"  # what the client itself says in a reply's place
STANDARD = {"", "standard", "default"}
MAIN_CHAIN, PER_OUTPUT = 1 << 60, 1 << 26  # a rank: of the main chain first, then by output, then by all tokens


class Written(Struct, gc=False):
    """Tokens written to a cache, by how long it lasts."""

    ephemeral_5m_input_tokens: Count = None
    ephemeral_1h_input_tokens: Count = None


class Details(Struct, gc=False):
    """Parts of the output, or what was asked of the server beside it."""

    thinking_tokens: Count = None
    web_search_requests: Count = None


class ClaudeUsage(Struct):
    """What a reply, or a step of it, used; input excludes what was read from and written to a cache."""

    input_tokens: Count = None
    output_tokens: Count = None
    cache_read_input_tokens: Count = None
    cache_creation_input_tokens: Count = None
    cache_creation: Written | None = None
    output_tokens_details: Details | None = None
    server_tool_use: Details | None = None
    service_tier: str | None = None
    speed: str | None = None
    iterations: list[ClaudeStep] | None = None


class ClaudeStep(ClaudeUsage):
    """A request within a reply's turn."""

    type: Any = None
    model: Any = None


class ClaudeMessage(Struct):
    """A message; only a reply has usage."""

    usage: ClaudeUsage | None = None
    id: Any = None
    model: Any = None


class ClaudeEntry(Struct):
    """A line, or within the line of a parent's progress the line of a subagent."""

    message: ClaudeMessage | Loose = None
    timestamp: Any = None
    uuid: Any = None
    sessionId: Any = None
    isSidechain: Any = None
    isApiErrorMessage: Any = None


class Progress(Struct):
    """What a parent says of a subagent."""

    message: ClaudeEntry | Loose = None


class ClaudeLine(ClaudeEntry):
    """A line of a session file."""

    data: Progress | Loose = None


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return FOLDER in parts[:-1]


def knows(line: dict[str, Any]) -> bool:
    """Whether a line looks like theirs."""
    if line.get("type") in LINES_WITHOUT_SESSION:
        return True
    message = line.get("message")
    if "sessionId" in line:
        return "projectHash" not in line and not (isinstance(message, dict) and isinstance(message.get("parts"), list))
    return "timestamp" in line and isinstance(message, dict) and isinstance(message.get("usage"), dict)


def read(line: ClaudeLine, _place: int) -> Iterable[Call]:
    """The calls that a line tells of."""
    told: ClaudeEntry = line
    message = told.message
    if type(message) is not ClaudeMessage:
        # What a subagent does is told a second time as the progress of its parent.
        if not isinstance(line.data, Progress) or not isinstance(line.data.message, ClaudeEntry):
            return ()
        told = line.data.message
        message = told.message
        if not isinstance(message, ClaudeMessage):
            return ()
    usage = message.usage
    if usage is None or told.isApiErrorMessage is True or message.model == SYNTHETIC:
        return ()
    at = instant(told.timestamp)
    figures = _figures(usage)
    stream = _stream(text(message.model), usage.service_tier, usage.speed)
    named = message.id or told.uuid
    if not isinstance(named, str):
        # Nothing names it: the same figures at the same instant are the same call.
        named = f"{told.sessionId} {at} {stream} {figures}"
    rank = figures[4] * PER_OUTPUT + min(sum(figures[:5]), PER_OUTPUT - 1)
    if told.isSidechain is not True:
        rank += MAIN_CHAIN
    searches = usage.server_tool_use.web_search_requests or 0 if usage.server_tool_use else 0
    call = Call(message_key(TOOL, named), rank, at, stream, *figures, searches)
    return (call, *_advisors(usage.iterations, named, call)) if usage.iterations else (call,)


def _figures(usage: ClaudeUsage) -> tuple[int, int, int, int, int, int]:
    """Input, cached, written, written for an hour, output, reasoning."""
    written, output = usage.cache_creation_input_tokens or 0, usage.output_tokens or 0
    hour = reasoning = 0
    if parts := usage.cache_creation:
        hour = parts.ephemeral_1h_input_tokens or 0
        written = max(written, hour + (parts.ephemeral_5m_input_tokens or 0))
    if usage.output_tokens_details:
        reasoning = min(output, usage.output_tokens_details.thinking_tokens or 0)
    return usage.input_tokens or 0, usage.cache_read_input_tokens or 0, written - hour, hour, output, reasoning


@lru_cache(1024)
def _stream(model: str, tier: str | None, speed: str | None) -> CallStream:
    tier, speed = text(tier), text(speed)
    terms = [] if speed in STANDARD else [f"speed={speed}"]
    if tier not in STANDARD:
        terms.append("processing=batch" if tier == "batch" else f"service_tier={tier}")
    return CallStream(TOOL, maker(model), model, ";".join(terms))


def _advisors(steps: list[ClaudeStep], named: str, of: Call) -> Iterator[Call]:
    """Calls of a second model within the turn, which the turn's own counts leave out."""
    asked = [step for step in steps if step.type == "advisor_message"]
    for number, step in enumerate(asked):
        stream = _stream(text(step.model) or of.stream.model, None, None)
        yield Call(key(TOOL, named, "advisor", number), of.rank, of.at, stream, *_figures(step))
