"""The part of budgets that is used, as it is declared: a ratio of costs of both ledgers that has no share."""

from __future__ import annotations

from storage.catalogue import METRICS
from storage.catalogue.measures import MeasuredRows


def test_it_is_a_figure_of_usage_of_both_ledgers_and_no_sum() -> None:
    used = METRICS["budget_used"]

    assert used.bases == {MeasuredRows.USAGE, MeasuredRows.BUDGETS}
    assert (used.both_ledgers, used.of_usage, used.additive) == (True, True, False)
    assert used.kinds == {"cost"}
