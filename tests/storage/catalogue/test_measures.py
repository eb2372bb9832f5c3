"""The measures: the sums and counts that a SELECT brings back, each known by the rows it is taken from."""

from __future__ import annotations

from sqlalchemy import select

from storage.catalogue import METRICS
from storage.catalogue.measures import MEASURES, MeasuredRows, usage_sql, work_sql
from storage.catalogue.person_measures import looks_at_people
from storage.tables import UsageDaily


def test_every_measure_of_every_metric_is_declared() -> None:
    named = {name for metric in METRICS.values() for name in metric.measures if not looks_at_people(name)}

    assert named <= MEASURES.keys()


def test_a_measure_is_of_usage_of_work_or_of_people() -> None:
    usage = usage_sql(UsageDaily)

    assert all(MEASURES[name] is MeasuredRows.USAGE for name in usage)
    assert all(MEASURES[name] is MeasuredRows.WORK for name in work_sql())
    assert not usage.keys() & work_sql().keys()


def test_a_measure_of_the_workforce_leaves_product_inference_out() -> None:
    usage = usage_sql(UsageDaily)

    assert "ledger" in str(select(usage["w_input"]))
    assert "ledger" not in str(select(usage["input"]))


def test_no_agent_is_counted_among_active_people() -> None:
    assert "kind" in str(select(usage_sql(UsageDaily)["active_people"]))
