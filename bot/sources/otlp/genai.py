"""Anything that follows the GenAI conventions, newer and older names: spans and events of calls, else metrics.

Input tokens hold what was cached, output tokens hold reasoning. Agents and workflows repeat what the calls below them
used, so that only spans of calls count. A call without usage (many streamed ones) is unknown, never 0.
Format: https://github.com/open-telemetry/semantic-conventions-genai
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.sources.otlp import reading
from bot.sources.otlp.observations import Event, Measure, Use
from bot.sources.otlp.signals import Client, Slot
from bot.sources.otlp.wire import Attributes, LogRecord, Span
from storage.records import Mode

TOOL = "opentelemetry"  # of a service without a name
CALLS = frozenset({"chat", "generate_content", "text_completion", "embeddings", "completion", "embedding"})
COUNTERS = {
    f"gen_ai.client.inference.usage.{name}": measure
    for name, measure in (
        ("input_tokens", Measure.PROMPT),
        ("output_tokens", Measure.OUTPUT),
        ("cache_read.input_tokens", Measure.CACHED),
        ("cache_write.input_tokens", Measure.WRITTEN),
        ("cache_creation.input_tokens", Measure.WRITTEN),
        ("reasoning.output_tokens", Measure.REASONING),
    )
}
TYPES = {
    "input": Measure.PROMPT,
    "prompt": Measure.PROMPT,
    "output": Measure.OUTPUT,
    "completion": Measure.OUTPUT,
}
HISTOGRAMS = {
    "gen_ai.client.inference.operation.input_tokens": Measure.PROMPT,
    "gen_ai.client.inference.operation.output_tokens": Measure.OUTPUT,
}
OF_COUNTERS, OF_TYPED, OF_HISTOGRAMS = 2, 3, 4  # the ranks of the metrics that repeat each other
DETAILS = "gen_ai.client.inference.operation.details"
INPUT = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.usage.prompt_tokens")
OUTPUT = ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.usage.completion_tokens")
CACHED = ("gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens")
WRITTEN = (
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
)
REASONING = ("gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens")


def metric(name: str, attributes: Attributes, resource: Attributes) -> Sequence[Slot]:
    """Where a metric by the conventions goes."""
    if name in COUNTERS:
        return [Slot(_use(attributes, resource), "", COUNTERS[name], OF_COUNTERS)]
    if name == "gen_ai.client.token.usage":
        kind, rank = TYPES.get(str(attributes.get("gen_ai.token.type"))), OF_TYPED
    else:
        kind, rank = HISTOGRAMS.get(name), OF_HISTOGRAMS
    if kind is None:
        return []
    use = _use(attributes, resource)
    calls = Measure.REQUESTS if kind is Measure.PROMPT else Measure.CALLS
    return [Slot(use, "", kind, rank), Slot(use, "", calls, rank, of_count=True)]


def record(told: LogRecord) -> Event | None:
    """The call that an event with the details of an operation tells."""
    if (reading.text(told.attributes, "event.name") or told.name) != DETAILS:
        return None
    return _call(told.attributes, told.resource, told.time, told.trace, failed=False)


def span(told: Span) -> Event | None:
    """The call that a span tells."""
    return _call(told.attributes, told.resource, told.end, told.trace, told.failed)


def _call(attributes: Attributes, resource: Attributes, time: int, trace: str, failed: bool) -> Event | None:
    operation = reading.text(attributes, "gen_ai.operation.name", "llm.request.type").lower()
    prompt, output = reading.count(attributes, *INPUT), reading.count(attributes, *OUTPUT)
    unknown = prompt is None and output is None
    if (operation and operation not in CALLS) or (unknown and (failed or not operation)):
        return None
    cached, written = reading.count(attributes, *CACHED), reading.count(attributes, *WRITTEN)
    use, at = _use(attributes, resource), time // 1_000_000
    named = reading.text(attributes, "gen_ai.response.id") or trace
    parts = (named,) if named else (use.tool, use.subject, use.model, at, prompt, output)
    return Event(
        key=reading.key("genai", *parts),
        use=use,
        session="",
        at=at,
        input=None if prompt is None else max(0, prompt - (cached or 0) - (written or 0)),
        cached=cached,
        written=written,
        output=output,
        reasoning=reading.count(attributes, *REASONING),
    )


def _use(attributes: Attributes, resource: Attributes) -> Use:
    operation = reading.text(attributes, "gen_ai.operation.name", "llm.request.type").lower()
    mode = Mode.CHAT if operation in ("chat", "generate_content") else ""
    return reading.use(
        reading.text(resource, "service.name") or TOOL,
        attributes,
        resource,
        provider=reading.text(attributes, "gen_ai.provider.name", "gen_ai.system"),
        model=reading.text(attributes, "gen_ai.response.model", "gen_ai.request.model"),
        mode=Mode.AGENT if reading.text(attributes, "gen_ai.agent.name") else mode,
        counted=(Measure.PROMPT, Measure.OUTPUT),
        ranked=True,
    )


CLIENT = Client(tool=TOOL, prefix="gen_ai.", metric=metric, record=record, span=span)
