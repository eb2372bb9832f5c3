"""Codex: the events that end a response, else its token histogram; decisions of people on its patches.

Each event is sent twice, once with who it was (target `codex_otel.log_only`) and once without (`…trace_safe`). Cached
tokens lie inside the input, reasoning inside the output; it tells no cost.
Format: codex-rs/otel of https://github.com/openai/codex
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.sources.otlp import reading
from bot.sources.otlp.observations import Event, Measure, Use
from bot.sources.otlp.signals import Client, Slot
from bot.sources.otlp.wire import Attributes, LogRecord
from storage.records import OF_A_PLAN

TOOL = "codex"
PREFIX = "codex."
TYPES = {
    "input": Measure.PROMPT,
    "output": Measure.OUTPUT,
    "cached_input": Measure.CACHED,
    "reasoning_output": Measure.REASONING,
}
WITHOUT_IDENTITY = "codex_otel.trace_safe"
ENDS = ("codex.sse_event", "codex.websocket_event")
EDITS = frozenset({"apply_patch"})
DECISIONS = {"approved": 1, "approved_for_session": 1, "denied": 0, "abort": 0}


def metric(name: str, attributes: Attributes, resource: Attributes) -> Sequence[Slot]:
    """Where a metric of theirs goes; `total` repeats the others."""
    kind = TYPES.get(str(attributes.get("token_type") or attributes.get("type")))
    if name != "codex.turn.token_usage" or kind is None:
        return []
    return [Slot(_use(attributes, resource), reading.text(attributes, "conversation.id"), kind)]


def record(told: LogRecord) -> Event | None:
    """The call, or the decision, of an event."""
    attributes = told.attributes
    if told.scope == WITHOUT_IDENTITY or attributes.get("target") == WITHOUT_IDENTITY:
        return None
    name = reading.text(attributes, "event.name") or told.name
    if name in ENDS and attributes.get("event.kind") == "response.completed":
        return _call(told, attributes)
    if name == "codex.tool_decision" and attributes.get("source") == "user":
        return _decision(told, attributes)
    return None


def _call(told: LogRecord, attributes: Attributes) -> Event | None:
    prompt, output = reading.count(attributes, "input_token_count"), reading.count(attributes, "output_token_count")
    if prompt is None and output is None:
        return None
    cached = reading.count(attributes, "cached_token_count") or 0
    written = reading.count(attributes, "cache_write_token_count") or 0
    session, at = reading.text(attributes, "conversation.id"), reading.instant(attributes, told.time)
    return Event(
        key=reading.key(TOOL, "call", session, at, prompt, output, cached),
        use=_use(attributes, told.resource),
        session=session,
        at=at,
        input=None if prompt is None else max(0, prompt - cached - written),
        cached=cached,
        written=written,
        output=output,
        reasoning=reading.count(attributes, "reasoning_token_count"),
    )


def _decision(told: LogRecord, attributes: Attributes) -> Event | None:
    accepted = DECISIONS.get(str(attributes.get("decision")).lower())
    if accepted is None or attributes.get("tool_name") not in EDITS:
        return None
    session, at = reading.text(attributes, "conversation.id"), reading.instant(attributes, told.time)
    return Event(
        key=reading.key(TOOL, "decision", session, attributes.get("call_id", ""), at),
        use=_use(attributes, told.resource),
        session=session,
        at=at,
        requests=0,
        suggested=1,
        accepted=accepted,
    )


def _use(attributes: Attributes, resource: Attributes) -> Use:
    return reading.use(
        TOOL,
        attributes,
        resource,
        provider="openai",
        model=reading.text(attributes, "model", "slug"),
        tier=OF_A_PLAN if reading.text(attributes, "auth_mode").lower() == "chatgpt" else "",
        counted=(Measure.PROMPT, Measure.CACHED, Measure.OUTPUT),
    )


CLIENT = Client(tool=TOOL, prefix=PREFIX, services=("codex",), scopes=("codex",), metric=metric, record=record)
