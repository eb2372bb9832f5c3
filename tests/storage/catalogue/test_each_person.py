"""Metrics with a number in their name are made as they are asked."""

from __future__ import annotations

import pytest

from storage.catalogue import metric
from storage.errors import InvalidQuery


def test_a_number_in_a_name_makes_the_metric() -> None:
    assert metric("p75_cost").label == "75th percentile of cost a person"
    assert metric("people_active_12_days").label == "people active on at least 12 days"
    assert (metric("median_tokens").fewest, metric("p90_tokens").fewest) == (10, 20)


@pytest.mark.parametrize("name", ["p0_tokens", "p100_tokens", "median_colour", "people_active_0_days", "p90_headcount"])
def test_what_people_have_no_number_of_is_no_metric(name: str) -> None:
    with pytest.raises(InvalidQuery):
        metric(name)
