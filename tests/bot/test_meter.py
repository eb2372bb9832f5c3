"""What a scraper reads of a process: how many questions ended how, how long they took, what Slack refused."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from bot.meter import Meter


def samples(meter: Meter) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(meter.text())
        for sample in family.samples
    }


def test_questions_are_counted_by_how_they_ended_and_who_read_them() -> None:
    meter = Meter()
    for status, engine in (("answered", "rules"), ("answered", "openai"), ("answered", "rules"), ("told", "")):
        meter.count(status, 0.2, engine)

    found = samples(meter)
    assert found["fulcrum_questions_total", "rules", "answered"] == 2
    assert found["fulcrum_questions_total", "openai", "answered"] == 1
    assert found["fulcrum_questions_total", "", "told"] == 1
    assert (found["fulcrum_question_seconds_bucket", "0.1"], found["fulcrum_question_seconds_bucket", "0.25"]) == (0, 4)
    assert (found["fulcrum_question_seconds_count",], round(found["fulcrum_question_seconds_sum",], 6)) == (4, 0.8)


def test_many_threads_lose_no_question() -> None:
    meter = Meter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: meter.count("answered", 0.1), range(400)))

    assert samples(meter)["fulcrum_questions_total", "", "answered"] == 400


def test_what_slack_refused_and_what_is_watched_are_shown_too() -> None:
    class Watched(Collector):
        def collect(self) -> Iterator[Metric]:
            yield GaugeMetricFamily("fulcrum_waiting", "What waits.", value=3)

    meter = Meter()
    meter.refused("ratelimited")
    meter.watch(Watched())

    found = samples(meter)
    assert (found["fulcrum_slack_errors_total", "ratelimited"], found["fulcrum_waiting",]) == (1, 3)
