"""The metrics of people, and of usage for each of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from storage.catalogue import METRICS

ROW = {
    "headcount_days": 140,
    "days": 28,
    "members": 6,
    "active_people": 4,
    "active_days": 30,
    "w_input": 1_000,
    "w_cached": 0,
    "w_cache_write": 0,
    "w_output": 200,
    "people_tokens": 1_100,
    "w_requests": 50,
    "w_cost_nano": 10**10,
    "w_priced_facts": 1,
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("headcount", 5),
        ("active_people", 4),
        ("inactive_people", 2),
        ("adoption_rate", Fraction(4, 6)),
        ("tokens_per_employee", Fraction(1_200, 5)),
        ("fresh_tokens_per_employee", Fraction(1_200, 5)),
        ("effective_tokens_per_employee", Fraction(2_000, 5)),
        ("cost_per_employee", 2),
        ("requests_per_employee", 10),
        ("tokens_per_active_person", Fraction(1_100, 4)),
        ("active_days_per_person", Fraction(30, 4)),
    ],
)
def test_the_definitions(name: str, value: Fraction) -> None:
    assert METRICS[name].formula.value(ROW) == value


def test_nobody_employed_is_no_divisor() -> None:
    nobody = ROW | {"headcount_days": 0, "members": 0, "active_people": 0}

    for name in ("tokens_per_employee", "adoption_rate", "tokens_per_active_person"):
        assert METRICS[name].formula.value(nobody) is None, name
