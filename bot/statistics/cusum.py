"""What pulls responsibility back before harm: CUSUM and bounds on verified runs; section 3.6."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from bot.statistics.wilson import upper_bound

ALARM = 3.0
BEST_RATE = 0.99  # a rate of 1 would make the first failure an alarm
DROP = 0.07  # the drop that is looked for where the bar is not lower still
BETTER = 0.7  # of the way from the bar to 1: a stage without a rate on record
BACKSTOP_RUNS = 30


class Cusum:
    """Bernoulli CUSUM: a sum that falls with each success and rises with each failure, never under 0."""

    def __init__(self, good: float, bad: float) -> None:
        self.success = log(bad / good)
        self.failure = log((1 - bad) / (1 - good))
        self.sum = 0.0

    def add(self, success: bool) -> bool:
        """Take one run; True where the alarm sounds."""
        self.sum = max(0.0, self.sum + (self.success if success else self.failure))
        return self.sum >= ALARM


def rates(bar: float, promoted_at: float | None) -> tuple[float, float]:
    """The good rate a stage was granted on, and the bad one to look for."""
    good = min(promoted_at if promoted_at is not None else bar + BETTER * (1 - bar), BEST_RATE)
    return good, min(bar, good - DROP)


def has_dropped(runs: Iterable[bool], bar: float, promoted_at: float | None = None) -> bool:
    """Whether the runs since the stage began say that the rate fell."""
    cusum = Cusum(*rates(bar, promoted_at))
    return any([cusum.add(success) for success in runs])


def is_under_bar(runs: Sequence[bool], bar: float) -> bool:
    """The backstop: even the upper bound of the last 30 is under the bar."""
    last = runs[-BACKSTOP_RUNS:]
    bound = upper_bound(sum(last), len(last))
    return len(last) == BACKSTOP_RUNS and bound is not None and bound < bar
