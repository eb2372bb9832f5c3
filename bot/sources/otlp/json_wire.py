"""OTLP in JSON, read with tolerance where the format asks for it and senders differ.

Protobuf's own JSON reader is of no use here: it takes hexadecimal ids for base64 and refuses unknown fields. Whole
numbers come as text or as numbers, enumerations as numbers or by name, field names in camel or snake case.
Format: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import DecodeError, json

from bot.sources.otlp.wire import Attributes, DataPoint, LogRecord, Malformed, Metric, Span, Value

NOT_RECORDED = 1
TEMPORALITY = {
    "1": False,
    "2": True,
    "AGGREGATION_TEMPORALITY_DELTA": False,
    "AGGREGATION_TEMPORALITY_CUMULATIVE": True,
}
FAILED = ("2", "STATUS_CODE_ERROR")
HUMP = re.compile(r"(?=[A-Z])")
HEX = re.compile(r"[0-9a-fA-F]+")
LARGEST = 2**64
KINDS = (("sum", False), ("histogram", True), ("exponentialHistogram", True))
BAD = (TypeError, ValueError, AttributeError, OverflowError)
Object = Mapping[str, Any]


def metrics(body: bytes) -> Iterator[Metric]:
    """The sums and histograms of a request; gauges and summaries count no use."""
    for resource, scope, metric in _all(body, "resourceMetrics", "scopeMetrics", "metrics"):
        for kind, is_histogram in KINDS:
            data = _field(metric, kind)
            if isinstance(data, Mapping):
                temporality = TEMPORALITY.get(str(_field(data, "aggregationTemporality")))
                yield Metric(resource, scope, _text(metric, "name"), temporality, _points(data, is_histogram))


def logs(body: bytes) -> Iterator[LogRecord | None]:
    """The log records of a request; None for one that cannot be read."""
    for resource, scope, record in _all(body, "resourceLogs", "scopeLogs", "logRecords"):
        try:
            told = _field(record, "body")
            words = _field(told, "stringValue") if isinstance(told, Mapping) else told
            yield LogRecord(
                resource,
                scope,
                _text(record, "eventName") or (words if isinstance(words, str) else ""),
                _whole(record, "timeUnixNano") or _whole(record, "observedTimeUnixNano"),
                _attributes(record),
                _trace(record),
            )
        except BAD:
            yield None


def spans(body: bytes) -> Iterator[Span | None]:
    """The spans of a request; None for one that cannot be read."""
    for resource, scope, span in _all(body, "resourceSpans", "scopeSpans", "spans"):
        try:
            status = _field(span, "status")
            yield Span(
                resource,
                scope,
                _text(span, "name"),
                _whole(span, "endTimeUnixNano") or _whole(span, "startTimeUnixNano"),
                _attributes(span),
                _trace(span),
                isinstance(status, Mapping) and str(_field(status, "code")) in FAILED,
            )
        except BAD:
            yield None


def _all(body: bytes, of_resources: str, of_scopes: str, items: str) -> Iterator[tuple[Attributes, str, Object]]:
    try:
        request = json.decode(body) if body.strip() else {}
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("the body is no JSON") from error
    if not isinstance(request, Mapping):
        raise Malformed("the body is no OTLP request: it must be a JSON object")
    for of_resource in _objects(request, of_resources):
        held = _field(of_resource, "resource")
        try:
            resource = _attributes(held) if isinstance(held, Mapping) else {}
        except BAD as error:
            raise Malformed("the attributes of a resource cannot be read") from error
        for of_scope in _objects(of_resource, of_scopes):
            scope = _field(of_scope, "scope")
            name = _text(scope, "name") if isinstance(scope, Mapping) else ""
            for item in _objects(of_scope, items):
                yield resource, name, item


def _points(data: Object, is_histogram: bool) -> Iterator[DataPoint | None]:
    for point in _objects(data, "dataPoints"):
        try:
            yield _histogram(point) if is_histogram else _number(point)
        except BAD:
            yield None


def _number(point: Object) -> DataPoint:
    whole, broken = _field(point, "asInt"), _field(point, "asDouble")
    value: float | None = None
    if not _is_unrecorded(point):
        value = _int(whole) if whole is not None else None if broken is None else _float(broken)
    return DataPoint(_attributes(point), _whole(point, "startTimeUnixNano"), _whole(point, "timeUnixNano"), value)


def _histogram(point: Object) -> DataPoint:
    total = _field(point, "sum")
    value = None if total is None or _is_unrecorded(point) else _float(total)
    start, time = _whole(point, "startTimeUnixNano"), _whole(point, "timeUnixNano")
    return DataPoint(_attributes(point), start, time, value, _whole(point, "count"))


def _is_unrecorded(point: Object) -> bool:
    return bool(_whole(point, "flags") & NOT_RECORDED)


def _attributes(holder: Object) -> Attributes:
    pairs = _field(holder, "attributes")
    if pairs is None:
        return {}
    if not isinstance(pairs, list):
        raise TypeError("attributes are a list")
    return {str(pair["key"]): _value(_field(pair, "value")) for pair in pairs if isinstance(pair.get("key"), str)}


def _value(value: Any) -> Value:
    if not isinstance(value, Mapping):
        return ""
    for kind, held in value.items():
        if kind in ("stringValue", "string_value"):
            return held if isinstance(held, str) else str(held)
        if kind in ("intValue", "int_value"):
            return _int(held)
        if kind in ("doubleValue", "double_value"):
            return _float(held)
        if kind in ("boolValue", "bool_value"):
            return bool(held)
    return json.encode(value, order="sorted") if value else ""


def _objects(holder: Object, name: str) -> Iterator[Object]:
    """The objects of a list; one that is no object cannot be read, and is as empty."""
    found = _field(holder, name)
    if found is None:
        return
    if not isinstance(found, list):
        raise Malformed(f"{name} must be a list")
    yield from (item if isinstance(item, Mapping) else {} for item in found)


def _field(holder: Object, name: str) -> Any:
    found = holder.get(name)
    return found if found is not None else holder.get(_snake(name))


@cache
def _snake(name: str) -> str:
    return HUMP.sub("_", name).lower()


def _text(holder: Object, name: str) -> str:
    found = _field(holder, name)
    return found if isinstance(found, str) else ""


def _whole(holder: Object, name: str) -> int:
    found = _field(holder, name)
    return 0 if found is None else _int(found)


def _int(value: Any) -> int:
    """A whole number, also as text, also with a fraction of nought."""
    number = int(value) if isinstance(value, (int, str)) else int(_float(value))
    if not isinstance(value, (int, str)) and number != value:
        raise ValueError("not whole")
    if not -LARGEST < number < LARGEST:
        raise ValueError("too large")
    return number


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError("no number")
    return float(value)


def _trace(holder: Object) -> str:
    """Trace and span id, which are hexadecimal here (and base64 in what some senders take for JSON)."""
    trace, span = _text(holder, "traceId"), _text(holder, "spanId")
    if not span.strip("0"):
        return ""
    return f"{trace}{span}".lower() if HEX.fullmatch(trace + span) else f"{trace}{span}"
