"""Leading signals: what tends to move before failures land. They freeze promotion and tell the owner, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import fmean, median

from bot.advice.evidence import is_stamp
from bot.advice.wilson import lower_bound
from storage.outcomes import OutcomeRecord
from storage.workload import DayOfUse, WeekOfWork

NOT_RECORDED = ("errors of tools", "new kinds of requests")  # signals that no source here brings
ROBUST_Z = 3.5
SIGMA_OF_MAD = 0.6745
DAYS = 28  # of a baseline day by day
FEWEST_DAYS = 10
WEEKS = 12
FEWEST_WEEKS = 8
LIMITS = 2.66
LEAST_RANGE = 0.01  # floor of the mean moving range of a share
LATE_WEEKS = 4
FEWEST_ESCALATED = 5
APPROVALS = 30
STAMP_SHARE = 0.2
BY_AI = frozenset({"assisted", "agent"})


def leading(
    weeks: Iterable[WeekOfWork], days: Sequence[DayOfUse], outcomes: Sequence[OutcomeRecord], minutes: float | None
) -> tuple[str, ...]:
    """What is odd about a workflow's last days and weeks, in words without figures of anybody."""
    by_week = _by_week(weeks)
    return (
        *_spikes(days),
        *_edits([(items, reworked) for items, reworked, _ in by_week]),
        *_escalations([(items, failed) for items, _, failed in by_week]),
        *_approvals(outcomes, minutes),
    )


def _by_week(weeks: Iterable[WeekOfWork]) -> list[tuple[int, int, int]]:
    """Items with AI, reworked and failed, week by week."""
    sums: dict[object, tuple[int, int, int]] = {}
    for one in sorted(weeks, key=lambda one: one.week):
        if one.mode in BY_AI:
            items, reworked, failed = sums.get(one.week, (0, 0, 0))
            sums[one.week] = (items + one.items, reworked + one.reworked, failed + one.failed)
    return [*sums.values()]


def _spikes(days: Sequence[DayOfUse]) -> Iterator[str]:
    kinds: tuple[tuple[str, Callable[[DayOfUse], float]], ...] = (
        ("more requests a run than usual (retries)", lambda day: day.requests / day.items),
        ("more tokens a run than usual", lambda day: day.tokens / day.items),
        ("a higher cost per outcome than usual", lambda day: day.cost / day.items),
    )
    for words, figure in kinds:
        if _is_spike([figure(day) for day in sorted(days, key=lambda day: day.day)]):
            yield f"{words}, two days running"


def _is_spike(values: Sequence[float]) -> bool:
    """Both of the last two days are far above the four weeks before them."""
    before = values[-DAYS - 2 : -2]
    if len(before) < FEWEST_DAYS:
        return False
    middle = median(before)
    spread = median(abs(value - middle) for value in before)
    return spread > 0 and all(SIGMA_OF_MAD * (value - middle) / spread > ROBUST_Z for value in values[-2:])


def _edits(weeks: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The share that people had to rework is above its limits."""
    rates = [part / items for items, part in weeks if items][-WEEKS - 1 :]
    before = rates[:-1]
    if len(before) >= FEWEST_WEEKS:
        moving = max(fmean(abs(later - earlier) for earlier, later in pairwise(before)), LEAST_RANGE)
        if rates[-1] > fmean(before) + LIMITS * moving:
            yield "people rework more of what AI does than usual"


def _escalations(weeks: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What AI could not do and people took over has doubled, by more than chance explains."""
    late, before = weeks[-LATE_WEEKS:], weeks[:-LATE_WEEKS]
    items, failed = sum(one for one, _ in late), sum(part for _, part in late)
    items_before, failed_before = sum(one for one, _ in before), sum(part for _, part in before)
    if failed < FEWEST_ESCALATED or not items_before:
        return
    usual = failed_before / items_before
    bound = lower_bound(failed, items) or 0.0
    if failed / items >= 2 * usual and bound > usual:
        yield "escalations to people have doubled"


def _approvals(outcomes: Sequence[OutcomeRecord], minutes: float | None) -> Iterator[str]:
    """Approving everything in half the time is a sign that nobody reads any more."""
    timed = [one for one in outcomes if one.checker == "human" and one.approval_seconds is not None]
    late, before = timed[-APPROVALS:], timed[-2 * APPROVALS : -APPROVALS]
    if len(late) < APPROVALS:
        return
    if sum(is_stamp(one, minutes) for one in late) > STAMP_SHARE * len(late):
        yield "approvals too fast to have been read"
    elif len(before) == APPROVALS and all(one.success for one in late):
        seconds, usual = (median(one.approval_seconds or 0.0 for one in part) for part in (late, before))
        if seconds <= usual / 2:
            yield "approvals take half the time they did, and all pass"
