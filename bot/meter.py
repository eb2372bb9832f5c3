"""Counts of what this process did, as the text that Prometheus reads; no figure, name or word of anybody is in it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.registry import Collector

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Meter:
    """Questions by how they ended and who read them, how long they took, and what Slack refused."""

    def __init__(self) -> None:
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
        self._registry.register(collector)

    def text(self) -> str:
        """The Prometheus exposition."""
        return generate_latest(self._registry).decode()
