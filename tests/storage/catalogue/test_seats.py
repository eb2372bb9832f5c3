"""The metrics of seats."""

from __future__ import annotations

from storage.catalogue.measures import MeasuredRows
from storage.catalogue.seats import SEAT_METRICS


def test_seats_are_counted_from_rows_of_their_own_and_are_no_figure_made_of_usage() -> None:
    assert {base for metric in SEAT_METRICS for base in metric.bases} == {MeasuredRows.SEATS}
    assert not any(metric.of_usage for metric in SEAT_METRICS)
