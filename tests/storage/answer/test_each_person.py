"""Percentiles of people and whole units of time; the figures themselves are those of `test_run_metrics`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from storage.answer.each_person import quantile, whole_units
from storage.answer.privacy import Viewer
from storage.query import Grain, Query
from storage.records import Period
from tests.storage.answer.office import FOUR_WEEKS, TOKENS
from tests.storage.worlds import World


@pytest.mark.parametrize("percent", [1, 25, 50, 90, 99])
def test_a_percentile_lies_between_order_statistics_in_proportion(percent: int) -> None:
    for values in ([7], [3, 1], [5, 1, 9, 4, 4], [*range(40)]):
        assert float(quantile(values, percent) or 0) == pytest.approx(np.percentile(values, percent, method="linear"))


def test_there_is_no_percentile_of_nobody_and_whole_numbers_stay_exact() -> None:
    assert quantile([], 50) is None
    assert quantile([1, 2], 50) == Fraction(3, 2)


def test_weeks_and_months_at_the_edge_are_not_whole() -> None:
    period = Period(date(2026, 1, 28), date(2026, 3, 30))

    assert whole_units(period, Grain.MONTH) == [Period(date(2026, 2, 1), date(2026, 2, 28))]
    assert [unit.start for unit in whole_units(period, Grain.WEEK)][:1] == [date(2026, 2, 2)]
    assert whole_units(Period(date(2026, 2, 2), date(2026, 2, 7)), Grain.WEEK) == []


def test_a_median_wants_ten_people_with_use_and_another_percentile_twenty(office: World) -> None:
    member = Viewer(email="l0@x.example")

    def shown(metric: str) -> set[str]:
        query: Query = TOKENS.with_(metrics=(metric,), group_by=("team",), period=FOUR_WEEKS)
        rows = office.ask(query, member).rows
        return {row.labels["team"] for row in rows if row.values[metric] is not None}

    assert "Lab" in shown("median_tokens")
    assert "Build" not in shown("median_tokens")  # eight and a mover
