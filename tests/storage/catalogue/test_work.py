"""The metrics of work: items, the time people spend on them, and what AI takes over."""

from __future__ import annotations

from fractions import Fraction

import pytest

from storage.catalogue import METRICS

ROW = {
    "items": 20,
    "ai_items": 8,
    "agent_items": 5,
    "timed_items": 16,
    "human_ms": 16 * 15 * 60_000,
    "hand_ms": 12 * 20 * 60_000,
    "offloaded_ms": 90 * 60_000,
    "work_accepted": 18,
    "work_reworked": 3,
    "work_failed": 1,
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("items", 20),
        ("human_minutes", 240),
        ("human_hours", 4),
        ("minutes_per_item", 15),
        ("ai_share", Fraction(8, 20)),
        ("autonomy_share", Fraction(5, 20)),
        ("success_rate", Fraction(18, 20)),
        ("rework_rate", Fraction(3, 20)),
        ("failure_rate", Fraction(1, 20)),
        ("hours_offloaded", Fraction(3, 2)),
    ],
)
def test_the_definitions(name: str, value: Fraction) -> None:
    formula = METRICS[name].formula
    assert formula.value({measure: ROW.get(measure, 0) for measure in METRICS[name].measures}) == value


def test_where_no_item_was_done_there_is_no_rate() -> None:
    for name in ("success_rate", "rework_rate", "failure_rate", "ai_share", "minutes_per_item"):
        assert METRICS[name].formula.value(dict.fromkeys(METRICS[name].measures, 0)) is None, name
