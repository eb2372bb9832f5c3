"""Small OTLP requests, as Protobuf messages; `as_json` gives the same as the JSON of the format."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from google.protobuf.json_format import MessageToDict
from msgspec import json
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

Attributes = dict[str, Any]
Request = ExportMetricsServiceRequest | ExportLogsServiceRequest | ExportTraceServiceRequest
DELTA, CUMULATIVE = 1, 2
NINE = datetime(2026, 11, 5, 9, tzinfo=UTC)
ADA: Attributes = {"user.email": "ada@acme.test", "session.id": "s-1"}


def ns(seconds: float, since: datetime = NINE) -> int:
    """Nanoseconds since 1970 of so many seconds after nine o'clock."""
    return round((since.timestamp() + seconds) * 1_000_000_000)


def pairs(attributes: Attributes) -> list[KeyValue]:
    return [KeyValue(key=key, value=_value(value)) for key, value in attributes.items()]


def metrics(
    service: str, *series: tuple[str, Attributes, int, Iterable[tuple[float, float, float]]]
) -> ExportMetricsServiceRequest:
    """Sums: of each series its metric, attributes, temporality, and (start, time, value) in seconds after nine."""
    request = ExportMetricsServiceRequest()
    of_resource = request.resource_metrics.add()
    of_resource.resource.attributes.extend(pairs({"service.name": service}))
    of_scope = of_resource.scope_metrics.add()
    for name, attributes, temporality, points in series:
        data = of_scope.metrics.add(name=name).sum
        data.aggregation_temporality = temporality
        data.is_monotonic = True
        for start, time, value in points:
            point = data.data_points.add(
                attributes=pairs(attributes),
                start_time_unix_nano=ns(start) if start >= 0 else 0,
                time_unix_nano=ns(time),
            )
            if isinstance(value, float):
                point.as_double = value
            else:
                point.as_int = value
    return request


def histograms(
    service: str, *series: tuple[str, Attributes, float, float, int], temporality: int = DELTA
) -> ExportMetricsServiceRequest:
    """Histograms: of each series its metric, attributes, time in seconds after nine, sum and count."""
    request = ExportMetricsServiceRequest()
    of_resource = request.resource_metrics.add()
    of_resource.resource.attributes.extend(pairs({"service.name": service}))
    of_scope = of_resource.scope_metrics.add()
    for name, attributes, time, total, count in series:
        data = of_scope.metrics.add(name=name).histogram
        data.aggregation_temporality = temporality
        data.data_points.add(
            attributes=pairs(attributes), start_time_unix_nano=ns(0), time_unix_nano=ns(time), sum=total, count=count
        )
    return request


def logs(
    service: str, *records: tuple[str, float, Attributes], scope: str = "", resource: Attributes | None = None
) -> ExportLogsServiceRequest:
    """Log records: each its body, its time in seconds after nine, its attributes."""
    request = ExportLogsServiceRequest()
    of_resource = request.resource_logs.add()
    of_resource.resource.attributes.extend(pairs({"service.name": service, **(resource or {})}))
    of_scope = of_resource.scope_logs.add()
    of_scope.scope.name = scope
    for body, time, attributes in records:
        record = of_scope.log_records.add(time_unix_nano=ns(time), attributes=pairs(attributes))
        record.body.string_value = body
    return request


def spans(service: str, *told: tuple[str, float, Attributes], failed: bool = False) -> ExportTraceServiceRequest:
    """Spans: each its name, its end in seconds after nine, its attributes."""
    request = ExportTraceServiceRequest()
    of_resource = request.resource_spans.add()
    of_resource.resource.attributes.extend(pairs({"service.name": service}))
    of_scope = of_resource.scope_spans.add()
    for number, (name, end, attributes) in enumerate(told, 1):
        span = of_scope.spans.add(
            name=name,
            trace_id=bytes(15) + bytes((number,)),
            span_id=ns(end).to_bytes(8, "big"),
            start_time_unix_nano=ns(end - 1),
            end_time_unix_nano=ns(end),
            attributes=pairs(attributes),
        )
        if failed:
            span.status.code = 2
    return request


def signal_of(request: Request) -> str:
    """Which of `/v1/…` a request is for."""
    if isinstance(request, ExportMetricsServiceRequest):
        return "metrics"
    return "logs" if isinstance(request, ExportLogsServiceRequest) else "traces"


def as_json(request: Request) -> bytes:
    """The JSON of the format: ids in hexadecimal, where Protobuf's own JSON has base64."""
    plain = MessageToDict(request, use_integers_for_enums=True)
    for of_resource in plain.get("resourceSpans", ()):
        for of_scope in of_resource["scopeSpans"]:
            for span in of_scope["spans"]:
                span |= {name: b64decode(span[name]).hex() for name in ("traceId", "spanId")}
    return json.encode(plain)


def _value(value: Any) -> AnyValue:
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    return AnyValue(double_value=value) if isinstance(value, float) else AnyValue(string_value=value)
