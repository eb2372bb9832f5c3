"""Claude Code: `api_request` events, else its token and cost metrics; decisions of people on its edits.

Its token counts are disjoint. A decision counts where a person made it: what a setting or a hook lets through is none.
Format: https://code.claude.com/docs/en/monitoring-usage
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.sources.otlp import reading
from bot.sources.otlp.observations import Event, Measure, Use
from bot.sources.otlp.signals import Client, Slot
from bot.sources.otlp.wire import Attributes, LogRecord

TOOL = "claude_code"
PREFIX = "claude_code."
TYPES = {
    "input": Measure.INPUT,
    "output": Measure.OUTPUT,
    "cacheRead": Measure.CACHED,
    "cacheCreation": Measure.WRITTEN,
}
EDITS = frozenset({"Edit", "MultiEdit", "Write", "NotebookEdit"})
ACCEPTED = frozenset({"user_temporary", "user_permanent"})
REJECTED = frozenset({"user_reject", "user_abort"})


def metric(name: str, attributes: Attributes, resource: Attributes) -> Sequence[Slot]:
    """Where a metric of theirs goes."""
    session = reading.text(attributes, "session.id")
    match name.removeprefix(PREFIX):
        case "token.usage" if (kind := TYPES.get(str(attributes.get("type")))) is not None:
            return [Slot(_use(attributes, resource), session, kind)]
        case "cost.usage":
            return [Slot(_use(attributes, resource), session, Measure.COST)]
        case "code_edit_tool.decision" if (accepted := _decided(attributes)) is not None:
            use = _use(attributes, resource)
            measures = (Measure.SUGGESTED, Measure.ACCEPTED) if accepted else (Measure.SUGGESTED,)
            return [Slot(use, session, measure) for measure in measures]
    return []


def record(told: LogRecord) -> Event | None:
    """The call, or the decision, of an event."""
    attributes = told.attributes
    match _name(told):
        case "api_request":
            return _call(told, attributes)
        case "tool_decision" if (accepted := _decided(attributes)) is not None:
            at = reading.instant(attributes, told.time)
            return Event(
                key=_key("decision", attributes, at),
                use=_use(attributes, told.resource),
                session=reading.text(attributes, "session.id"),
                at=at,
                requests=0,
                suggested=1,
                accepted=int(accepted),
            )
    return None


def _call(told: LogRecord, attributes: Attributes) -> Event:
    at = reading.instant(attributes, told.time)
    named = reading.text(attributes, "request_id")
    return Event(
        key=reading.key(TOOL, "call", named) if named else _key("call", attributes, at),
        use=_use(attributes, told.resource),
        session=reading.text(attributes, "session.id"),
        at=at,
        input=reading.count(attributes, "input_tokens"),
        cached=reading.count(attributes, "cache_read_tokens"),
        written=reading.count(attributes, "cache_creation_tokens"),
        output=reading.count(attributes, "output_tokens"),
        cost=reading.dollars(attributes),
    )


def _use(attributes: Attributes, resource: Attributes) -> Use:
    return reading.use(
        TOOL,
        attributes,
        resource,
        provider="anthropic",
        model=reading.text(attributes, "model"),
        counted=tuple(sorted(TYPES.values())),
    )


def _name(told: LogRecord) -> str:
    return (reading.text(told.attributes, "event.name") or told.name).removeprefix(PREFIX)


def _decided(attributes: Attributes) -> bool | None:
    """Whether a person accepted an edit; None where no person decided on one."""
    source, decision = str(attributes.get("source")), str(attributes.get("decision"))
    if attributes.get("tool_name") not in EDITS or decision not in ("accept", "reject"):
        return None
    if decision == "accept":
        return True if source in ACCEPTED else None
    return False if source in REJECTED else None


def _key(kind: str, attributes: Attributes, at: int) -> str:
    parts: list[Any] = [attributes.get(name, "") for name in ("session.id", "event.sequence", "tool_use_id")]
    if kind == "call":
        parts += [attributes.get(name, "") for name in ("model", "input_tokens", "output_tokens")]
    return reading.key(TOOL, kind, *parts, at)


CLIENT = Client(
    tool=TOOL,
    prefix=PREFIX,
    services=("claude-code",),
    scopes=("com.anthropic.claude_code",),
    metric=metric,
    record=record,
)
