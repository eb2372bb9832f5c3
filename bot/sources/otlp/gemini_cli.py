"""Gemini CLI: `api_response` events, else its token metric; decisions of people on its edits.

It sends each use as two metrics and two log records; those by the GenAI conventions repeat its own. Cached tokens lie
inside the input, thoughts beside the output; prompt tokens of tools are in no class of ours and are left out.
Format: docs/cli/telemetry.md of https://github.com/google-gemini/gemini-cli
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.sources.otlp import reading
from bot.sources.otlp.observations import Event, Measure, Use
from bot.sources.otlp.signals import Client, Slot
from bot.sources.otlp.wire import Attributes, LogRecord

TOOL = "gemini_cli"
PREFIX = "gemini_cli."
TYPES = {
    "input": Measure.PROMPT,
    "output": Measure.OUTPUT,
    "cache": Measure.CACHED,
    "thought": Measure.THOUGHTS,
}
EDITS = frozenset({"replace", "write_file", "edit", "smart_edit"})
DECISIONS = {"accept": 1, "modify": 1, "reject": 0}  # what is accepted by a setting is no decision


def metric(name: str, attributes: Attributes, resource: Attributes) -> Sequence[Slot]:
    """Where a metric of theirs goes."""
    session, use = reading.text(attributes, "session.id"), _use(attributes, resource)
    match name.removeprefix(PREFIX):
        case "token.usage" if (kind := TYPES.get(str(attributes.get("type")))) is not None:
            return [Slot(use, session, kind)]
        case "api.request.count" if _succeeded(attributes):
            return [Slot(use, session, Measure.REQUESTS)]
        case "tool.call.count" if (accepted := _decided(attributes)) is not None:
            measures = (Measure.SUGGESTED, Measure.ACCEPTED) if accepted else (Measure.SUGGESTED,)
            return [Slot(use, session, measure) for measure in measures]
    return []


def record(told: LogRecord) -> Event | None:
    """The call, or the decision, of an event."""
    attributes = told.attributes
    session, at = reading.text(attributes, "session.id"), reading.instant(attributes, told.time)
    match (reading.text(attributes, "event.name") or told.name).removeprefix(PREFIX):
        case "api_response":
            return _call(told, attributes, session, at)
        case "tool_call" if (accepted := _decided(attributes)) is not None:
            parts = [attributes.get(name, "") for name in ("function_name", "prompt_id")]
            return Event(
                key=reading.key(TOOL, "decision", session, at, *parts),
                use=_use(attributes, told.resource),
                session=session,
                at=at,
                requests=0,
                suggested=1,
                accepted=accepted,
            )
    return None


def _call(told: LogRecord, attributes: Attributes, session: str, at: int) -> Event:
    prompt, output = reading.count(attributes, "input_token_count"), reading.count(attributes, "output_token_count")
    cached = reading.count(attributes, "cached_content_token_count") or 0
    thoughts = reading.count(attributes, "thoughts_token_count") or 0
    return Event(
        key=reading.key(TOOL, "call", session, at, attributes.get("prompt_id", ""), prompt, output),
        use=_use(attributes, told.resource),
        session=session,
        at=at,
        input=None if prompt is None else max(0, prompt - cached),
        cached=cached,
        output=None if output is None else output + thoughts,
        reasoning=thoughts,
    )


def _succeeded(attributes: Attributes) -> bool:
    return not attributes.get("error_type") and str(attributes.get("status_code", "200")).startswith("2")


def _decided(attributes: Attributes) -> int | None:
    if attributes.get("function_name") not in EDITS:
        return None
    return DECISIONS.get(str(attributes.get("decision")))


def _use(attributes: Attributes, resource: Attributes) -> Use:
    return reading.use(
        TOOL,
        attributes,
        resource,
        provider="google",
        model=reading.text(attributes, "model"),
        counted=(Measure.PROMPT, Measure.CACHED, Measure.OUTPUT),
    )


CLIENT = Client(
    tool=TOOL,
    prefix=PREFIX,
    services=("gemini-cli",),
    scopes=("gemini-cli", "gemini_cli"),
    metric=metric,
    record=record,
)
