"""OTLP in Protobuf, read by opentelemetry-proto."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.sources.otlp.wire import Attributes, DataPoint, LogRecord, Malformed, Metric, Span, Value

NOT_RECORDED = 1  # DataPointFlags
CUMULATIVE, DELTA = 2, 1  # AggregationTemporality
FAILED = 2  # Status.StatusCode
HISTOGRAMS = ("histogram", "exponential_histogram")


def metrics(body: bytes) -> Iterator[Metric]:
    """The sums and histograms of a request; gauges and summaries count no use."""
    for of_resource in _parsed(ExportMetricsServiceRequest, body).resource_metrics:
        resource = _attributes(of_resource.resource.attributes)
        for of_scope in of_resource.scope_metrics:
            for metric in of_scope.metrics:
                kind = metric.WhichOneof("data")
                if kind == "sum" or kind in HISTOGRAMS:
                    data = getattr(metric, kind)
                    points = map(_number if kind == "sum" else _histogram, data.data_points)
                    yield Metric(
                        resource, of_scope.scope.name, metric.name, _is_cumulative(data.aggregation_temporality), points
                    )


def logs(body: bytes) -> Iterator[LogRecord | None]:
    """The log records of a request."""
    for of_resource in _parsed(ExportLogsServiceRequest, body).resource_logs:
        resource = _attributes(of_resource.resource.attributes)
        for of_scope in of_resource.scope_logs:
            for record in of_scope.log_records:
                yield LogRecord(
                    resource,
                    of_scope.scope.name,
                    record.event_name or record.body.string_value,
                    record.time_unix_nano or record.observed_time_unix_nano,
                    _attributes(record.attributes),
                    _trace(record.trace_id, record.span_id),
                )


def spans(body: bytes) -> Iterator[Span | None]:
    """The spans of a request."""
    for of_resource in _parsed(ExportTraceServiceRequest, body).resource_spans:
        resource = _attributes(of_resource.resource.attributes)
        for of_scope in of_resource.scope_spans:
            for span in of_scope.spans:
                yield Span(
                    resource,
                    of_scope.scope.name,
                    span.name,
                    span.end_time_unix_nano or span.start_time_unix_nano,
                    _attributes(span.attributes),
                    _trace(span.trace_id, span.span_id),
                    span.status.code == FAILED,
                )


def _parsed(kind: Any, body: bytes) -> Any:
    try:
        return kind.FromString(body)
    except DecodeError as error:
        raise Malformed("the body is no OTLP request in Protobuf") from error


def _is_cumulative(temporality: int) -> bool | None:
    return {CUMULATIVE: True, DELTA: False}.get(temporality)


def _number(point: Any) -> DataPoint:
    kind = point.WhichOneof("value")
    value = None if kind is None or point.flags & NOT_RECORDED else getattr(point, kind)
    return DataPoint(_attributes(point.attributes), point.start_time_unix_nano, point.time_unix_nano, value)


def _histogram(point: Any) -> DataPoint:
    value = point.sum if point.HasField("sum") and not point.flags & NOT_RECORDED else None
    return DataPoint(
        _attributes(point.attributes), point.start_time_unix_nano, point.time_unix_nano, value, point.count
    )


def _attributes(pairs: Iterable[Any]) -> Attributes:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: Any) -> Value:
    kind = value.WhichOneof("value")
    if kind is None:
        return ""
    if kind in ("array_value", "kvlist_value"):
        return bytes(value.SerializeToString(deterministic=True))
    found: Value = getattr(value, kind)
    return found


def _trace(trace_id: bytes, span_id: bytes) -> str:
    return trace_id.hex() + span_id.hex() if span_id.strip(b"\0") else ""
