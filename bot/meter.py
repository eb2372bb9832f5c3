"""Counts of what this process did, as the text that Prometheus reads; no figure, name or word of anybody is in it."""

from __future__ import annotations

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's word for where processes that count together keep their counts
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Meter:
    """Questions by how they ended and who read them, how long they took, and what Slack refused."""

    def __init__(self) -> None:
        self._watched: list[Collector] = []
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "fulcrum_questions",
            "Questions by how they ended, and by the engine that read them.",
            ["status", "engine"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "fulcrum_question_seconds",
            "Time from taking a question to having answered it.",
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._refused = Counter(
            "fulcrum_slack_errors",
            "Calls to Slack that failed, by its word for it.",
            ["error"],
            registry=self._registry,
        )

    def count(self, status: str, seconds: float, engine: str = "") -> None:
        """Note one question: a status of the answer, or "told" (fixed words), "refused", "failed"; and who read it."""
        self._questions.labels(status, engine).inc()
        self._seconds.observe(seconds)

    def refused(self, error: str) -> None:
        """Note a call to Slack that failed."""
        self._refused.labels(error).inc()

    def watch(self, collector: Collector) -> None:
        """Show what this brings whenever somebody looks."""
        self._watched.append(collector)

    def text(self) -> str:
        """The Prometheus exposition: of all processes where they count together."""
        shown = self._registry
        if FOLDER in os.environ:
            shown = CollectorRegistry()
            MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        text = generate_latest(shown)
        for collector in self._watched:
            watched = CollectorRegistry()
            watched.register(collector)
            text += generate_latest(watched)
        return text.decode()


def count_together(folder: Path, number: int) -> None:
    """Before the first `Meter` of a process: its counts and those of the others in this folder are one. A process that
    takes the number of one that ended goes on with its counts."""
    os.environ[FOLDER] = str(folder)
    values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]
