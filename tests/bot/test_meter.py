"""What a scraper reads of a process: how many questions ended how, and how long they took."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from bot.meter import BUCKETS, Meter

SAMPLE = re.compile(r'^(\w+)(?:\{\w+="([^"]*)"\})? (\S+)$', re.MULTILINE)


def samples(meter: Meter) -> dict[tuple[str, str], float]:
    return {(name, label): float(value) for name, label, value in SAMPLE.findall(meter.text())}


def test_questions_are_counted_by_how_they_ended() -> None:
    meter = Meter()
    for status in ("answered", "denied", "answered"):
        meter.count(status, 0.2)

    found = samples(meter)
    assert found["fulcrum_questions_total", "answered"] == 2
    assert found["fulcrum_questions_total", "denied"] == 1


def test_a_process_that_was_asked_nothing_says_so_in_full() -> None:
    found = samples(Meter())

    assert found["fulcrum_question_seconds_count", ""] == found["fulcrum_question_seconds_sum", ""] == 0
    assert found["fulcrum_question_seconds_bucket", "+Inf"] == 0


@given(st.lists(st.floats(0, 60), max_size=20))
def test_a_bucket_holds_every_question_that_took_no_longer(seconds: list[float]) -> None:
    meter = Meter()
    for taken in seconds:
        meter.count("answered", taken)

    found = samples(meter)
    for bucket in BUCKETS:
        expected = sum(taken <= bucket for taken in seconds)
        assert found["fulcrum_question_seconds_bucket", str(bucket)] == expected
    assert found["fulcrum_question_seconds_bucket", "+Inf"] == found["fulcrum_question_seconds_count", ""]
    assert found["fulcrum_question_seconds_count", ""] == len(seconds)
    assert abs(found["fulcrum_question_seconds_sum", ""] - sum(seconds)) < 1e-5


def test_many_threads_lose_no_question() -> None:
    meter = Meter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: meter.count("answered", 0.1), range(400)))

    assert samples(meter)["fulcrum_questions_total", "answered"] == 400
