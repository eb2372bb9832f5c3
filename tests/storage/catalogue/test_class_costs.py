"""The metrics of money by class of token."""

from __future__ import annotations

from storage.catalogue.class_costs import CLASS_COST_METRICS


def test_they_are_money_made_of_usage_that_adds_up_over_both_ledgers() -> None:
    assert all(metric.of_usage and metric.both_ledgers and metric.additive for metric in CLASS_COST_METRICS)
    assert {kind for metric in CLASS_COST_METRICS for kind in metric.kinds} == {"cost"}
