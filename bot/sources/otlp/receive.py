"""Takes a request whose sender is known: reads it in its encoding, translates it, and words the answer OTLP asks for.

Answers: https://opentelemetry.io/docs/specs/otlp/#otlphttp-response (partial success, and Status for failures)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import json
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

from bot.sources.otlp import json_wire, protobuf
from bot.sources.otlp.translate import Translated, Translator

PROTOBUF, JSON = "application/x-protobuf", "application/json"
SIGNALS = ("metrics", "logs", "traces")
INVALID, UNAVAILABLE, UNAUTHENTICATED, EXHAUSTED = 3, 14, 16, 8  # google.rpc.Code
ANSWERS: Mapping[str, tuple[Any, str]] = {
    "metrics": (ExportMetricsServiceResponse, "rejected_data_points"),
    "logs": (ExportLogsServiceResponse, "rejected_log_records"),
    "traces": (ExportTraceServiceResponse, "rejected_spans"),
}


def read(translator: Translator, signal: str, is_json: bool, body: bytes, now_ms: int) -> Translated:
    """What of a request counts. Raises Malformed where it cannot be read at all."""
    wire: Any = json_wire if is_json else protobuf
    readers: dict[str, Callable[[], Translated]] = {
        "metrics": lambda: translator.metrics(wire.metrics(body), now_ms),
        "logs": lambda: translator.logs(wire.logs(body), now_ms),
        "traces": lambda: translator.spans(wire.spans(body), now_ms),
    }
    return readers[signal]()


def answer(signal: str, is_json: bool, rejected: int = 0, reason: str = "") -> bytes:
    """The body of a success, with what was rejected; what was must not be sent again."""
    kind, field = ANSWERS[signal]
    if not rejected:
        return b"{}" if is_json else b""
    if is_json:
        first, *others = field.split("_")
        name = first + "".join(map(str.title, others))
        return json.encode({"partialSuccess": {name: str(rejected), "errorMessage": reason}})
    response = kind()
    setattr(response.partial_success, field, rejected)
    response.partial_success.error_message = reason
    return bytes(response.SerializeToString())


def problem(is_json: bool, code: int, message: str) -> bytes:
    """The body of a failure: google.rpc.Status, whose fields are `int32 code = 1` and `string message = 2`."""
    if is_json:
        return json.encode({"code": code, "message": message})
    words = message.encode()[:127]  # one byte tells its length
    return b"\x08" + bytes((code,)) + b"\x12" + bytes((len(words),)) + words
