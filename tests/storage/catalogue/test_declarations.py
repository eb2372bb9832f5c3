"""What a metric says of itself, by what it is made of."""

from __future__ import annotations

from storage.catalogue import METRICS, metric
from storage.catalogue.measures import MeasuredRows

SUMS = {"tokens", "fresh_tokens", "effective_tokens", "requests", "cost", "cost_per_million_tokens"}


def test_the_sums_of_the_contract_count_both_ledgers_and_what_is_per_head_does_not() -> None:
    assert all(METRICS[name].both_ledgers for name in SUMS)
    for name in ("tokens_per_employee", "adoption_rate", "agent_share", "top_decile_share", "items"):
        assert not METRICS[name].both_ledgers, name


def test_counts_of_people_are_no_figures_of_usage() -> None:
    assert {name for name in ("headcount", "active_people", "adoption_rate") if METRICS[name].of_usage} == set()
    assert all(METRICS[name].of_usage for name in SUMS)


def test_usage_by_items_is_usage_that_was_booked() -> None:
    assert metric("tokens/items").of_booked_usage
    assert metric("tokens/items").bases == {MeasuredRows.USAGE, MeasuredRows.WORK}
    assert not metric("cost/requests").of_booked_usage


def test_one_figure_is_taken_from_another_only_where_they_share_a_kind() -> None:
    assert METRICS["tokens"].kinds & METRICS["tokens_per_employee"].kinds
    assert not METRICS["cost"].kinds & METRICS["tokens"].kinds
    assert METRICS["headcount"].kinds == frozenset()
