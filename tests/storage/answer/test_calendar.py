"""The steps of a series and what an average is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.answer.calendar import after, count, first_of, steps
from storage.query import Grain
from storage.records import Period
from tests.storage.independent import grain_points

YEARS = st.dates(date(1999, 12, 25), date(2032, 3, 1))


def span(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("grain", "first", "following"),
    [
        (Grain.DAY, "2026-12-31", "2027-01-01"),
        (Grain.WEEK, "2026-12-28", "2027-01-04"),
        (Grain.MONTH, "2026-12-01", "2027-01-01"),
        (Grain.QUARTER, "2026-10-01", "2027-01-01"),
    ],
)
def test_a_day_at_the_turn_of_a_year_is_in_the_right_step(grain: Grain, first: str, following: str) -> None:
    start = first_of(date(2026, 12, 31), grain)
    assert (start.isoformat(), after(start, grain).isoformat()) == (first, following)


def test_points_at_the_edges_are_cut_and_keep_the_label_of_the_whole_week() -> None:
    found = list(steps(span("2026-10-07", "2026-10-20"), Grain.WEEK))
    assert [(first.isoformat(), part.start.isoformat(), part.end.isoformat()) for first, part in found] == [
        ("2026-10-05", "2026-10-07", "2026-10-11"),
        ("2026-10-12", "2026-10-12", "2026-10-18"),
        ("2026-10-19", "2026-10-19", "2026-10-20"),
    ]


@given(start=YEARS, days=st.integers(1, 800), grain=st.sampled_from(Grain))
def test_the_steps_hold_every_day_once(start: date, days: int, grain: Grain) -> None:
    period = Period(start, start + timedelta(days=days - 1))
    found = list(steps(period, grain))
    assert [day for _, part in found for day in part.each_day()] == list(period.each_day())
    assert [(first.isoformat(), part) for first, part in found] == grain_points(period, grain)


def test_an_average_is_over_days_weeks_or_months() -> None:
    assert count(span("2026-10-01", "2026-10-31"), Grain.DAY) == 31
    assert count(span("2026-10-05", "2026-10-18"), Grain.WEEK) == 2
    assert count(span("2026-10-05", "2026-10-20"), Grain.WEEK) == pytest.approx(16 / 7)
    assert count(span("2026-08-01", "2026-10-31"), Grain.MONTH) == 3


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end before"):
        span("2026-10-02", "2026-10-01")
