"""How many different things were in use: counted over all rows at once, so that they never add up."""

from __future__ import annotations

from storage.catalogue import METRICS, Unit
from storage.catalogue.variety import VARIETY_METRICS


def test_they_are_in_the_catalogue_and_of_both_ledgers_and_never_have_a_share() -> None:
    for metric in VARIETY_METRICS:
        assert METRICS[metric.name] is metric
        assert (metric.additive, metric.both_ledgers) == (False, True), metric.name
    assert {metric.unit for metric in VARIETY_METRICS} == {Unit.DAYS, Unit.KINDS}
