"""The rules behind the leading signals: what is far from its own usual; None where too little is known to tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median

from bot.statistics.wilson import lower_bound

ROBUST_Z = 3.5
SIGMA_OF_MAD = 0.6745
DAYS = 28  # of a baseline day by day
FEWEST_DAYS = 10
WEEKS = 12
FEWEST_WEEKS = 8
LIMITS = 2.66
LEAST_RANGE = 0.01  # floor of the mean moving range of a share
LATE_WEEKS = 4
FEWEST_EVENTS = 5  # escalations, or failures, that are more than an accident
FEWEST_RUNS = 20  # of the late weeks, for a share to mean anything
MOST_FAILED = 0.05

Counts = Sequence[tuple[int, int]]  # week by week: runs, and those of them that something happened to


def is_spike(values: Sequence[float], least_spread: float = 0.0) -> bool | None:
    """Both of the last two days are far above the four weeks before them."""
    before = values[-DAYS - 2 : -2]
    if len(before) < FEWEST_DAYS:
        return None
    middle = median(before)
    spread = max(median(abs(value - middle) for value in before), least_spread)
    return spread > 0 and all(SIGMA_OF_MAD * (value - middle) / spread > ROBUST_Z for value in values[-2:])


def is_above_limits(shares: Sequence[float]) -> bool | None:
    """The last week's share is above the natural limits of the weeks before it (XmR)."""
    before = shares[-WEEKS - 1 : -1]
    if len(before) < FEWEST_WEEKS:
        return None
    moving = max(fmean(abs(later - earlier) for earlier, later in pairwise(before)), LEAST_RANGE)
    return shares[-1] > fmean(before) + LIMITS * moving


def has_doubled(weeks: Counts) -> bool | None:
    """Of the last four weeks twice as many as before, by more than chance explains."""
    (runs, events), (runs_before, events_before) = _parts(weeks)
    if not runs or not runs_before:
        return None
    usual = events_before / runs_before
    bound = lower_bound(events, runs) or 0.0
    return events >= FEWEST_EVENTS and events / runs >= 2 * usual and bound > usual


def is_often(weeks: Counts, with_usual: bool) -> bool | None:
    """More than a twentieth of the last four weeks' runs; and, where asked, more than is usual for them."""
    (runs, events), (runs_before, events_before) = _parts(weeks)
    if runs < FEWEST_RUNS or (with_usual and not runs_before):
        return None
    often = events >= FEWEST_EVENTS and events / runs > MOST_FAILED
    return often and (not with_usual or (lower_bound(events, runs) or 0.0) > events_before / runs_before)


def _parts(weeks: Counts) -> tuple[tuple[int, int], tuple[int, int]]:
    late, before = weeks[-LATE_WEEKS:], weeks[-LATE_WEEKS - WEEKS : -LATE_WEEKS]
    return (sum(happened for happened, _ in late), sum(part for _, part in late)), (
        sum(happened for happened, _ in before),
        sum(part for _, part in before),
    )
