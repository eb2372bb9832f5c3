"""The samples of the wire formats come to the totals that were worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from tests.bot.sources.otlp.station import Station, dollars, station
from tests.shared import needs_shared, shared

pytestmark = needs_shared

CLAUDE = {
    "input_tokens": 120,
    "cached_input_tokens": 50_000,
    "cache_write_tokens": 4_000,
    "output_tokens": 900,
    "cost_nano": dollars(0.0731),
}


def sample(name: str) -> tuple[str, bytes]:
    return "logs" if "logs" in name else "metrics", shared("data", "wire", "otel", f"{name}.json").read_bytes()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Station]:
    with station(tmp_path) as made:
        yield made


def test_the_metrics_of_claude_code_are_tokens_cost_and_the_decisions_of_people(here: Station) -> None:
    here.take(sample("claude_code_metrics_delta"))

    found = here.totals()
    assert found.pop("suggested") == 4
    assert found.pop("accepted") == 3  # nine more were let through by a setting
    assert {name: found[name] for name in CLAUDE} == CLAUDE
    assert {fact["who"] for fact in here.facts()} == {"ada@acme.test"}
    assert {fact["cost_kind"] for fact in here.facts()} == {"estimated"}


def test_its_events_tell_the_same_call_by_call(here: Station) -> None:
    here.take(sample("claude_code_logs"))

    found = here.totals()
    assert {name: found[name] for name in CLAUDE} == CLAUDE
    assert (found["requests"], found["suggested"], found["accepted"]) == (1, 1, 1)


@pytest.mark.parametrize("first", ["claude_code_logs", "claude_code_metrics_delta"])
def test_a_session_that_sends_both_counts_once_whichever_comes_first(here: Station, first: str) -> None:
    second = {"claude_code_logs": "claude_code_metrics_delta"}.get(first, "claude_code_logs")

    here.take(sample(first), sample(second))

    found = here.totals()
    assert {name: found[name] for name in CLAUDE} == CLAUDE
    assert (found["requests"], found["suggested"]) == (1, 1)


@pytest.mark.parametrize("order", [*permutations(range(4))][::5])
def test_a_cumulative_counter_counts_its_rises_in_any_order(here: Station, order: tuple[int, ...]) -> None:
    names = [f"gemini_cumulative_{number}" for number in ("1", "2", "3", "4_restart")]

    here.take(*(sample(names[place]) for place in order))

    assert here.totals()["input_tokens"] == 300


def test_the_same_request_again_changes_nothing(here: Station) -> None:
    names = ("claude_code_metrics_delta", "claude_code_logs", "gemini_cumulative_1", "gemini_cumulative_2")
    requests = [sample(name) for name in names]
    here.take(*requests)
    before = here.facts()

    here.take(*requests, *reversed(requests))

    assert here.facts() == before
