"""OTLP in Protobuf, read as the same in JSON is."""

from __future__ import annotations

import pytest

from bot.sources.otlp import json_wire, protobuf
from bot.sources.otlp.wire import Malformed, OtlpMetric
from tests.bot.sources.otlp.messages import ADA, CUMULATIVE, DELTA, as_json, histograms, metrics

SUMS = metrics("svc", ("use", ADA, CUMULATIVE, [(0, 1, 5), (0, 2, 7.5)]), ("other", {}, DELTA, [(-1, 3, 1)]))


def plain(told: list[OtlpMetric]) -> list[object]:
    return [(*metric[:4], [*metric.points]) for metric in told]


@pytest.mark.parametrize("request_", [SUMS, histograms("svc", ("use", ADA, 1.0, 12.5, 3))])
def test_both_encodings_say_the_same(request_: object) -> None:
    body = request_.SerializeToString()  # type: ignore[attr-defined]
    as_text = as_json(request_)  # type: ignore[arg-type]

    assert plain([*protobuf.metrics(body)]) == plain([*json_wire.metrics(as_text)])
    assert plain([*protobuf.metrics(body)])


def test_a_start_that_is_not_told_is_nought_and_a_whole_number_stays_whole() -> None:
    first, other = protobuf.metrics(SUMS.SerializeToString())
    whole, real = first.points
    (lone,) = other.points

    assert whole is not None
    assert real is not None
    assert lone is not None
    assert (type(whole.value), type(real.value), lone.start) == (int, float, 0)
    assert (first.cumulative, other.cumulative) == (True, False)


@pytest.mark.parametrize("read", [protobuf.metrics, protobuf.logs, protobuf.spans])
def test_what_is_no_message_is_malformed(read: object) -> None:
    with pytest.raises(Malformed):
        [*read(b"\xff\xff")]  # type: ignore[operator]
