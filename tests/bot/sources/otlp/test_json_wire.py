"""OTLP in JSON, read with tolerance where senders differ."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import json

from bot.sources.otlp.json_wire import logs, metrics, spans
from bot.sources.otlp.wire import DataPoint, LogRecord, Malformed, OtlpMetric

FAILED = "STATUS_CODE_ERROR"


def attribute(key: str, **value: Any) -> dict[str, Any]:
    return {"key": key, "value": value}


def summed(*points: dict[str, Any], **more: Any) -> OtlpMetric:
    """The one metric of a request."""
    data = {"aggregationTemporality": 2, "dataPoints": [*points]} | more
    request = {"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"name": "use", "sum": data}]}]}]}
    (found,) = metrics(json.encode(request))
    return found


def logged(**record: Any) -> LogRecord | None:
    (found,) = logs(json.encode({"resourceLogs": [{"scopeLogs": [{"logRecords": [record]}]}]}))
    return found


@pytest.mark.parametrize(
    ("point", "value"),
    [
        ({"asInt": "5"}, 5),
        ({"asInt": 5}, 5),
        ({"as_int": 5}, 5),
        ({"asDouble": 0.5}, 0.5),
        ({"asInt": 5, "flags": 1}, None),
        ({}, None),
    ],
)
def test_numbers_come_as_text_or_as_numbers_in_camel_or_snake_case(point: dict[str, Any], value: float | None) -> None:
    (found,) = summed({**point, "timeUnixNano": "7"}).points

    assert found is not None
    assert (found.value, found.time) == (value, 7)


@pytest.mark.parametrize(
    ("told", "cumulative"),
    [(1, False), ("2", True), ("AGGREGATION_TEMPORALITY_DELTA", False), (0, None), (None, None)],
)
def test_enumerations_come_as_numbers_or_by_name(told: object, cumulative: bool | None) -> None:
    assert summed(aggregationTemporality=told).cumulative is cumulative


def test_a_point_that_cannot_be_read_is_none_and_the_others_are_read() -> None:
    found = [*summed({"asInt": "many"}, {"asInt": 1.5}, {"asInt": 10**30}, {"asInt": 4}).points]

    assert found == [None, None, None, DataPoint({}, 0, 0, 4)]


def test_values_keep_their_kind() -> None:
    record = logged(
        eventName="e",
        attributes=[
            attribute("text", stringValue="x"), attribute("whole", intValue="5"), attribute("yes", boolValue=True),
            attribute("real", doubleValue=0.5), attribute("none"),
        ],
    )  # fmt: skip

    assert record is not None
    assert record.attributes == {"text": "x", "whole": 5, "yes": True, "real": 0.5, "none": ""}


def test_a_record_is_named_by_its_event_else_by_its_words() -> None:
    named, said = logged(eventName="e", body={"stringValue": "b"}), logged(body={"stringValue": "b"})

    assert named is not None
    assert said is not None
    assert (named.name, said.name) == ("e", "b")
    assert logged(attributes="none") is None


def test_a_span_has_its_ids_in_small_letters_and_says_whether_it_failed() -> None:
    span = {
        "name": "chat",
        "traceId": "AB",
        "spanId": "CD",
        "status": {"code": "STATUS_CODE_ERROR"},
        "endTimeUnixNano": 9,
    }
    (found,) = spans(json.encode({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}))

    assert found is not None
    assert (found.trace, found.failed, found.end) == ("abcd", True, 9)


@pytest.mark.parametrize("body", [b"no json", b"[]", b'{"resourceMetrics": 5}', b"[" * 100_000])
def test_what_is_no_request_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        [*metrics(body)]
