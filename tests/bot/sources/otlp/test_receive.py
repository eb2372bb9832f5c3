"""A request in either encoding, and the answer that OTLP asks for."""

from __future__ import annotations

import pytest
from msgspec import json
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceResponse

from bot.sources.otlp.receive import INVALID, SIGNALS, answer, problem, read
from bot.sources.otlp.translate import Translator
from bot.sources.otlp.wire import Malformed


@pytest.mark.parametrize("signal", SIGNALS)
@pytest.mark.parametrize("is_json", [True, False])
def test_an_empty_request_counts_nothing_and_is_a_success(signal: str, is_json: bool) -> None:
    found = read(Translator(), signal, is_json, b"", 0)

    assert (found.batch.size, found.rejected) == (0, 0)
    assert answer(signal, is_json) == (b"{}" if is_json else b"")


@pytest.mark.parametrize("signal", SIGNALS)
@pytest.mark.parametrize("is_json", [True, False])
def test_what_cannot_be_read_at_all_is_malformed(signal: str, is_json: bool) -> None:
    with pytest.raises(Malformed):
        read(Translator(), signal, is_json, b"\xff\xff no request", 0)


def test_what_was_rejected_is_told_with_its_reason() -> None:
    told = json.decode(answer("metrics", True, 3, "it is no number"))
    message = ExportMetricsServiceResponse.FromString(answer("metrics", False, 3, "it is no number"))

    assert told == {"partialSuccess": {"rejectedDataPoints": "3", "errorMessage": "it is no number"}}
    assert message.partial_success.rejected_data_points == 3
    assert message.partial_success.error_message == "it is no number"


def test_a_failure_has_its_code_and_its_words() -> None:
    assert json.decode(problem(True, INVALID, "no")) == {"code": INVALID, "message": "no"}
    assert problem(False, INVALID, "no") == b"\x08\x03\x12\x02no"
    assert len(problem(False, INVALID, "x" * 500)) == 4 + 127
