"""Claude Code: `projects/**/*.jsonl`, also of subagents and of Claude Desktop.

One reply is written as several lines (a line a content block, the first ones with few output tokens), copied into the
file of a resumed session, and replayed by side chains under another request: one `message.id` is one reply. Its
fullest line counts, of the main chain where there is one, on the day of its first line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from bot.sources.logs.calls import BadLine, Call, Line, Stream, count, counts, instant, key, maker, message_key, nested, text

TOOL = "claude_code"
COUNTS = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens")
NEEDLES = (b'"usage"',)
FOLDER = "projects"
LINES_WITHOUT_SESSION = {"summary", "file-history-snapshot", "custom-title", "tag"}
SYNTHETIC = "<synthetic>"  # what the client itself says in a reply's place
STANDARD = {"", "standard", "default"}
MAIN_CHAIN, PER_OUTPUT = 1 << 60, 1 << 26  # a rank: of the main chain first, then by output, then by all tokens


def lies_here(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is likely theirs."""
    return FOLDER in parts[:-1]


def knows(line: Line) -> bool:
    """Whether a line looks like theirs."""
    if line.get("type") in LINES_WITHOUT_SESSION:
        return True
    if "sessionId" in line:
        return "projectHash" not in line and not isinstance(nested(line, "message", "parts"), list)
    return "timestamp" in line and isinstance(nested(line, "message", "usage"), dict)


def read(line: Line, _place: int) -> Iterable[Call]:
    """The calls that a line tells of."""
    message = line.get("message")
    if type(message) is not dict:
        # What a subagent does is told a second time as the progress of its parent.
        told = nested(line, "data", "message")
        message = nested(told, "message")
        if not isinstance(told, dict) or not isinstance(message, dict):
            return ()
        line = told
    usage = message.get("usage")
    if usage is None or line.get("isApiErrorMessage") is True or message.get("model") == SYNTHETIC:
        return ()
    at = instant(line.get("timestamp"))
    figures = _figures(usage)
    try:
        stream = _stream(message.get("model"), usage.get("service_tier"), usage.get("speed"))
    except TypeError as error:  # a list, say
        raise BadLine("its model, tier or speed is no name") from error
    named = message.get("id") or line.get("uuid")
    if not isinstance(named, str):
        # Nothing names it: the same figures at the same instant are the same call.
        named = f"{line.get('sessionId')} {at} {stream} {figures}"
    rank = figures[4] * PER_OUTPUT + min(sum(figures[:5]), PER_OUTPUT - 1)
    if line.get("isSidechain") is not True:
        rank += MAIN_CHAIN
    searched = usage.get("server_tool_use")
    searches = count(nested(searched, "web_search_requests"), "web_search_requests") if searched else 0
    call = Call(message_key(TOOL, named), rank, at, stream, *figures, searches)
    return (call, *_advisors(usage["iterations"], named, call)) if "iterations" in usage else (call,)


def _figures(usage: Any) -> tuple[int, int, int, int, int, int]:
    """Input, cached, written, written for an hour, output, reasoning."""
    fresh, cached, written, output = counts(usage, *COUNTS)
    hour = reasoning = 0
    if parts := usage.get("cache_creation"):
        minutes, hour = counts(parts, "ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens")
        written = max(written, minutes + hour)
    if "output_tokens_details" in usage:
        thought = nested(usage, "output_tokens_details", "thinking_tokens")
        reasoning = min(output, count(thought, "thinking_tokens"))
    return fresh, cached, written - hour, hour, output, reasoning


@lru_cache(1024)
def _stream(model: object, tier: object, speed: object) -> Stream:
    model, tier, speed = text(model), text(tier), text(speed)
    terms = [] if speed in STANDARD else [f"speed={speed}"]
    if tier not in STANDARD:
        terms.append("processing=batch" if tier == "batch" else f"service_tier={tier}")
    return Stream(TOOL, maker(model), model, ";".join(terms))


def _advisors(steps: object, named: str, of: Call) -> Iterator[Call]:
    """Calls of a second model within the turn, which the turn's own counts leave out."""
    all_steps = steps if isinstance(steps, list) else []
    asked = [step for step in all_steps if isinstance(step, dict) and step.get("type") == "advisor_message"]
    for number, step in enumerate(asked):
        figures = _figures(step)
        stream = _stream(text(step.get("model")) or of.stream.model, None, None)
        yield Call(key(TOOL, named, "advisor", number), of.rank, of.at, stream, *figures)
