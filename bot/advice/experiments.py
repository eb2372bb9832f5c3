"""The closed loop: what an accepted suggestion was predicted to bring, and what it brought; section 3.7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from random import Random
from statistics import fmean, median
from typing import Any

from bot.advice.values import Hours
from bot.statistics.draws import DRAWS, quantile
from bot.statistics.wilson import Z_DEMOTE, lower_bound, upper_bound
from storage.answer.workload import WeekOfWork

BASELINE_WEEKS = 4
TRIAL_WEEKS = 4
FEWEST_WEEKS = 2
TOO_FEW_INSIDE = 0.6
WIDENED = 1.5
ROUTED, DISPLACED = "routed", "displaced"  # what a verdict keeps of a trial for the estimates to come
BY_AI = frozenset({"assisted", "agent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWeek:
    """A week of one workflow: all items, those with AI and the hours people gave them, and how those turned out."""

    items: int = 0
    by_ai: int = 0
    ai_hours: float = 0.0
    hand_items: int = 0
    hand_hours: float = 0.0
    accepted: int = 0

    def offloaded(self, hours_by_hand: float, usual_items: float) -> float:
        """Hours that AI took over; work that would not have been done otherwise is none."""
        displaced = min(1.0, usual_items / self.items) if self.items else 0.0
        return (hours_by_hand * self.by_ai - self.ai_hours) * displaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How good predictions were: the share of outcomes inside their interval, and the middle's usual miss in hours."""

    verdicts: int
    inside: float | None
    bias: float | None

    @property
    def factor(self) -> float:
        """What future intervals are widened by."""
        return WIDENED if self.inside is not None and self.inside < TOO_FEW_INSIDE else 1.0

    def widened(self) -> str:
        """What is said of an interval that was widened; "" where none is."""
        if self.factor == 1:
            return ""
        return "its interval is half as wide again, because too few predictions held so far"

    def text(self) -> str:
        """In a sentence; "" before the first verdict."""
        if self.inside is None or self.bias is None:
            return ""
        trials = "1 trial" if self.verdicts == 1 else f"{self.verdicts} trials"
        wider = f"; intervals are {self.factor:g} times as wide since" if self.factor > 1 else ""
        return (
            f"Predictions so far: {self.inside:.0%} of {trials} ended inside their interval (80% is right), "
            f"the middle was off by {self.bias:+,.1f} hours a week{wider}."
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"verdicts": self.verdicts, "inside": self.inside, "bias": self.bias, "widened": self.factor}


def trial_days(accepted: date) -> tuple[date, date]:
    """Four whole weeks from the next Monday on, or from today where today is one."""
    start = accepted + timedelta(days=-accepted.weekday() % 7)
    return start, start + timedelta(weeks=TRIAL_WEEKS) - timedelta(days=1)


def weeks_of(rows: Iterable[WeekOfWork], first: date, last: date) -> list[TrialWeek]:
    """A workflow's weeks that begin within these days."""
    sums: dict[date, dict[str, float]] = {}
    for row in rows:
        if not first <= row.week <= last:
            continue
        week = sums.setdefault(row.week, dict.fromkeys(TrialWeek.__dataclass_fields__, 0))
        week["items"] += row.items
        if row.mode in BY_AI:
            week["by_ai"] += row.items
            week["ai_hours"] += row.minutes / 60
            week["accepted"] += row.accepted
        else:
            week["hand_items"] += row.items
            week["hand_hours"] += row.minutes / 60
    return [TrialWeek(**sums[week]) for week in sorted(sums)]  # type: ignore[arg-type]  # counts stay whole numbers


def routed(baseline: Sequence[TrialWeek], trial: Sequence[TrialWeek]) -> tuple[int, int]:
    """Of the runs that would have been done by hand as before, how many went to AI in a trial, and how many there were.

    Counted against the share that AI had before, so that what it did already is in neither.
    """
    before, items = sum(week.items for week in baseline), sum(week.items for week in trial)
    if not before or not items:
        return 0, 0
    had = sum(week.by_ai for week in baseline) / before
    could = items * (1 - had)
    taken = sum(week.by_ai for week in trial) - items * had
    return round(min(max(taken, 0.0), could)), round(could)


def displaced(baseline: Sequence[TrialWeek], trial: Sequence[TrialWeek]) -> tuple[int, int]:
    """Of AI's runs in a trial, how many stood for work that was done before too, and how many there were.

    What goes beyond the volume before is new work, in every mode alike.
    """
    runs = sum(week.by_ai for week in trial)
    if not baseline or not runs:
        return 0, 0
    usual = fmean(week.items for week in baseline)
    return round(sum(week.by_ai * min(1.0, usual / week.items) for week in trial if week.items)), runs


def verdict(
    key: str, predicted: Hours, baseline: Sequence[TrialWeek], trial: Sequence[TrialWeek]
) -> dict[str, Any] | None:
    """Realised hours a week with an interval of their own, and quality; None where too few weeks are known."""
    hand = sum(week.hand_items for week in baseline)
    if len(baseline) < FEWEST_WEEKS or len(trial) < FEWEST_WEEKS or not hand:
        return None
    realised = _realised(key, baseline, trial)
    inside = predicted.p10 <= realised.p50 <= predicted.p90
    quality = _quality(baseline, trial)
    word = (
        "as predicted" if inside else "less than predicted" if realised.p50 < predicted.p10 else "more than predicted"
    )
    return {
        "realised": realised.to_json(),
        "predicted": predicted.to_json(),
        "inside": inside,
        "quality": quality,
        "verdict": word,
        ROUTED: [*routed(baseline, trial)],
        DISPLACED: [*displaced(baseline, trial)],
    }


def calibration(verdicts: Iterable[Mapping[str, Any]]) -> Calibration:
    """Over all verdicts so far."""
    known = [verdict for verdict in verdicts if "inside" in verdict]
    misses = [float(verdict["realised"]["p50"]) - float(verdict["predicted"]["p50"]) for verdict in known]
    return Calibration(
        verdicts=len(known),
        inside=fmean(bool(verdict["inside"]) for verdict in known) if known else None,
        bias=median(misses) if misses else None,
    )


def _realised(key: str, baseline: Sequence[TrialWeek], trial: Sequence[TrialWeek]) -> Hours:
    """What the trial's weeks brought beyond the baseline's; weeks are drawn again and again for the interval."""
    rng = Random(f"{key}\0verdict")
    found = sorted(
        _gain(rng.choices(baseline, k=len(baseline)), rng.choices(trial, k=len(trial))) for _ in range(DRAWS)
    )
    return Hours(p10=quantile(found, 0.1), p50=_gain(baseline, trial), p90=quantile(found, 0.9))


def _gain(baseline: Sequence[TrialWeek], trial: Sequence[TrialWeek]) -> float:
    hand = sum(week.hand_items for week in baseline)
    hours = sum(week.hand_hours for week in baseline) / hand if hand else 0.0
    usual = fmean(week.items for week in baseline)
    before, after = (fmean(week.offloaded(hours, usual) for week in weeks) for weeks in (baseline, trial))
    return after - before


def _quality(baseline: Sequence[TrialWeek], trial: Sequence[TrialWeek]) -> dict[str, Any]:
    """The share of AI's items that were accepted as they were, before and after."""
    before, after = (
        (sum(week.accepted for week in weeks), sum(week.by_ai for week in weeks)) for weeks in (baseline, trial)
    )
    usual = before[0] / before[1] if before[1] else None
    low, high = lower_bound(*after, z=Z_DEMOTE), upper_bound(*after)
    return {
        "before": usual,
        "after": after[0] / after[1] if after[1] else None,
        "interval": [low, high],
        "held": not _fell(before, after) if before[1] and after[1] else None,
    }


def _fell(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the share fell by more than chance explains, one-sided 95 %."""
    (good, runs), (good_after, runs_after) = before, after
    pooled = (good + good_after) / (runs + runs_after)
    spread = sqrt(pooled * (1 - pooled) * (1 / runs + 1 / runs_after))
    return good / runs - good_after / runs_after > Z_DEMOTE * spread
