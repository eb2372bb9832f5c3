"""The exporters of the OpenTelemetry SDK, as clients and services run them, meet the receiver."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import Counter, MeterProvider
from opentelemetry.sdk.metrics.export import AggregationTemporality, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

from tests.bot.processes.front import OTLP_TOKEN, Front, front
from tests.databases import fresh_store

HEADERS = {"Authorization": f"Bearer {OTLP_TOKEN}"}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Front]:
    with fresh_store("sqlite", tmp_path) as url, front(url) as made:
        yield made


@pytest.mark.parametrize("temporality", [AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA])
@pytest.mark.parametrize("compression", [Compression.NoCompression, Compression.Gzip])
def test_a_counter_that_is_exported_three_times(
    here: Front, temporality: AggregationTemporality, compression: Compression
) -> None:
    exporter = OTLPMetricExporter(
        f"http://127.0.0.1:{here.port}/v1/metrics",
        headers=HEADERS,
        compression=compression,
        preferred_temporality={Counter: temporality},
    )
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
    provider = MeterProvider([reader], Resource({"service.name": "gemini-cli"}))
    counter = provider.get_meter("gemini-cli").create_counter("gemini_cli.token.usage")
    for amount in (100, 160, 0):
        counter.add(amount, {"type": "input", "model": "gemini-3-flash", "session.id": "g-1"})
        assert reader.force_flush()
    provider.shutdown()
    here.held.fold()

    assert here.held.totals()["input_tokens"] == 260


def test_a_span_of_a_model_call(here: Front) -> None:
    provider = TracerProvider(resource=Resource({"service.name": "agent"}))
    exporter = OTLPSpanExporter(f"http://127.0.0.1:{here.port}/v1/traces", headers=HEADERS)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with provider.get_tracer("any").start_as_current_span("chat gpt-5") as span:
        span.set_attribute("gen_ai.operation.name", "chat")
        span.set_attribute("gen_ai.usage.input_tokens", 7)
    provider.shutdown()
    here.held.fold()

    assert here.held.totals() == {"input_tokens": 7, "requests": 1}
