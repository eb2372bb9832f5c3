"""Which rows answer a question about usage."""

from __future__ import annotations

import pytest

from storage.answer import usage_rows
from storage.catalogue import metric
from storage.query import Filter


@pytest.mark.parametrize(
    ("metric_", "group_by", "filters", "table"),
    [
        ("cost", ("tool",), (), "usage_by_stream"),
        ("cost", (), (Filter("kind", ("agent",)),), "usage_by_stream"),
        ("tokens_per_employee", ("team",), (), "usage_by_team"),
        ("agent_share", ("location",), (Filter("title", ("Engineer",)),), "usage_by_role"),
        ("tokens", ("team", "tool"), (), "usage_by_team"),
        ("tokens", ("team", "model"), (), "usage_daily"),
        ("tokens", ("team",), (Filter("location", ("Lisbon",)),), "usage_daily"),
        ("tokens", ("person",), (), "usage_daily"),
        ("active_people", (), (), "usage_daily"),
    ],
)
def test_a_question_reads_the_coarsest_rollup_that_knows_all_of_it(
    metric_: str, group_by: tuple[str, ...], filters: tuple[Filter, ...], table: str
) -> None:
    asked = {*group_by, *(condition.dimension for condition in filters)}

    assert usage_rows.rows_of(asked, metric(metric_).measures).source.name == table  # type: ignore[attr-defined]
