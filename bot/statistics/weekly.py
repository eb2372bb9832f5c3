"""When a weekly figure really changed: limits on the log scale (XmR), breadth (paired Wilcoxon), many series at once.

Formulas and constants: section 2.8 of the measurement reference and "The digest, as data" of the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, lgamma, log, sqrt
from statistics import NormalDist, fmean

WEEKS = 12  # closed weeks that make a baseline
FEWEST_WEEKS = 8
LEAST_RANGE = 0.05  # floor of the mean moving range, in log units
LIMITS = 2.66  # moving ranges from the mean to a limit
SIGMA = 1.128  # moving range to standard deviation
FREEDOM = 0.62  # degrees of freedom a moving range gives, a week
RUN = 8  # weeks in a row on one side of the mean: a sustained shift
FEWEST_PAIRS = 8
EXACT_PAIRS = 25


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual range of a positive series; `mean` and `moving_range` are of the logs of `weeks` values."""

    mean: float
    moving_range: float
    weeks: int

    @property
    def low(self) -> float:
        """The lower limit."""
        return exp(self.mean - LIMITS * self.moving_range)

    @property
    def high(self) -> float:
        """The upper limit."""
        return exp(self.mean + LIMITS * self.moving_range)

    @property
    def centre(self) -> float:
        """What an ordinary week is expected to be."""
        return exp(self.mean)

    def holds(self, value: float) -> bool:
        """Whether the value lies within the limits."""
        return self.low <= value <= self.high

    def level_p(self, value: float) -> float:
        """How likely a value so far off is in an ordinary week: z against Student's t, two-sided."""
        if value <= 0:
            return 0.0
        z = (log(value) - self.mean) / (self.moving_range / SIGMA)
        return 2 * student_tail(abs(z), FREEDOM * (self.weeks - 1))


def usual(values: Sequence[float | None]) -> Usual | None:
    """The usual range of the last weeks, oldest first; None with fewer than eight positive ones."""
    logs = [log(value) for value in values[-WEEKS:] if value is not None and value > 0]
    if len(logs) < FEWEST_WEEKS:
        return None
    ranges = [abs(later - earlier) for earlier, later in pairwise(logs)]
    return Usual(fmean(logs), max(fmean(ranges), LEAST_RANGE), len(logs))


def run_length(values: Sequence[float], mean: float) -> int:
    """How many of the newest values lie in a row on one side of a mean of logs: positive above it, negative below."""
    count = 0
    for value in reversed(values):
        side = 0 if value <= 0 else (log(value) > mean) - (log(value) < mean)
        if side == 0 or (count and side != (count > 0) - (count < 0)):
            break
        count += side
    return count


def breadth_p(shifts: Sequence[float]) -> float | None:
    """Two-sided paired Wilcoxon of people's log shifts against their own median; None with fewer than eight people.

    Zeros are left out; tied sizes share their mean rank. Exact up to 25 pairs without ties, else normal.
    """
    moved = [shift for shift in shifts if shift]
    if len(shifts) < FEWEST_PAIRS or not moved:
        return None if len(shifts) < FEWEST_PAIRS else 1.0
    doubled = _doubled_ranks([abs(shift) for shift in moved])
    rising = sum(rank for rank, shift in zip(doubled, moved, strict=True) if shift > 0)
    if len(moved) <= EXACT_PAIRS:
        return _exact(doubled, rising)
    return _normal(doubled, rising)


def benjamini_hochberg(p_values: Sequence[float], rate: float = 0.05) -> list[bool]:
    """Which of the tests pass, so that at most `rate` of those that pass are false on average."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    last = max((k for k, i in enumerate(order, start=1) if p_values[i] <= rate * k / len(p_values)), default=0)
    passing = set(order[:last])
    return [i in passing for i in range(len(p_values))]


def student_tail(t: float, freedom: float) -> float:
    """P(T > t) of Student's t, for t >= 0; any positive number of degrees of freedom."""
    return 0.5 * _beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def _doubled_ranks(sizes: Sequence[float]) -> list[int]:
    """Twice the ranks, so that the mean rank of a tie is a whole number."""
    order = sorted(range(len(sizes)), key=lambda i: sizes[i])
    ranks = [0] * len(sizes)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and sizes[order[end + 1]] == sizes[order[start]]:
            end += 1
        for i in order[start : end + 1]:
            ranks[i] = start + end + 2
        start = end + 1
    return ranks


def _exact(doubled: Sequence[int], rising: int) -> float:
    """Over all signs: how often the sum of rising ranks is at least as far from its middle."""
    counts = [1]
    for rank in doubled:
        longer = counts + [0] * rank
        for total, count in enumerate(counts):
            longer[total + rank] += count
        counts = longer
    whole = sum(doubled)
    off = abs(2 * rising - whole)
    return sum(count for total, count in enumerate(counts) if abs(2 * total - whole) >= off) / float(2 ** len(doubled))


def _normal(doubled: Sequence[int], rising: int) -> float:
    spread = sqrt(sum(rank * rank for rank in doubled)) / 2
    z = max(abs(rising - sum(doubled) / 2) - 1, 0) / spread
    return min(1.0, 2 * (1 - NormalDist().cdf(z)))


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    tiny = 1e-300
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), tiny)
    fraction = d
    for m in range(1, 300):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + numerator * d or tiny)
            c = 1 + numerator / c or tiny
            fraction *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return front * fraction
