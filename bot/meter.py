"""Counts of what this process answered, as the text Prometheus reads; no figure, name or text is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from threading import Lock

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Meter:
    """Questions by how they ended, and how long they took from taking to posting."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ended: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, status: str, seconds: float) -> None:
        """Note one question: a status of the answer, or "told" (fixed words), "refused", "failed"."""
        with self._lock:
            self._ended[status] += 1
            self._seconds += seconds
            self._buckets.update(bucket for bucket in BUCKETS if seconds <= bucket)

    def text(self) -> str:
        """The Prometheus exposition."""
        with self._lock:
            return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "# HELP fulcrum_questions_total Questions by how they ended."
        yield "# TYPE fulcrum_questions_total counter"
        for status, count in sorted(self._ended.items()):
            yield f'fulcrum_questions_total{{status="{status}"}} {count}'
        total = self._ended.total()
        yield "# HELP fulcrum_question_seconds Time from taking a question to having answered it."
        yield "# TYPE fulcrum_question_seconds histogram"
        for bucket in BUCKETS:
            yield f'fulcrum_question_seconds_bucket{{le="{bucket}"}} {self._buckets[bucket]}'
        yield f'fulcrum_question_seconds_bucket{{le="+Inf"}} {total}'
        yield f"fulcrum_question_seconds_sum {self._seconds:.6f}"
        yield f"fulcrum_question_seconds_count {total}"
