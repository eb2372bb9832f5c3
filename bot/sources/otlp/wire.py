"""What the two encodings of OTLP have in common once they are read: metrics, log records and spans as plain values.

Formats: opentelemetry-proto 1.x (metrics.proto, logs.proto, trace.proto), as Protobuf and as its JSON. Times are
nanoseconds since 1970 in UTC, 0 where they are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Value = str | int | float | bool | bytes
Attributes = Mapping[str, Value]


class Malformed(Exception):
    """The request cannot be read at all; the message is one sentence for its sender."""


class DataPoint(NamedTuple):
    """One data point: of a sum its value, of a histogram the sum, and how many values were recorded.

    `recorded` is that count; `value` is None where nothing was.
    """

    attributes: Attributes
    start: int
    time: int
    value: float | None
    recorded: int | None = None


class Metric(NamedTuple):
    """A sum or histogram. A data point that cannot be read is None."""

    resource: Attributes
    scope: str
    name: str
    cumulative: bool | None
    points: Iterable[DataPoint | None]


class LogRecord(NamedTuple):
    """A log record; `name` is its event name, or its body where that is a text."""

    resource: Attributes
    scope: str
    name: str
    time: int
    attributes: Attributes
    trace: str = ""


class Span(NamedTuple):
    """A span; `trace` is its trace and span id, `failed` its status."""

    resource: Attributes
    scope: str
    name: str
    end: int
    attributes: Attributes
    trace: str = ""
    failed: bool = False
