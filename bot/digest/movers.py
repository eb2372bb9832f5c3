"""Which of a digest's series really changed: level and breadth of each, then all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.digest.value import Breadth
from bot.statistics.weekly import Usual, benjamini_hochberg

MAX_MOVERS = 3
BROAD = 0.01  # breadth below this counts as most people


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A series in its week: the value, its usual range, and how people moved (None: too few, or not testable)."""

    metric: str
    labels: Mapping[str, str] = field(default_factory=dict)
    value: float
    usual: Usual
    breadth_p: float | None

    @property
    def level_p(self) -> float:
        """How likely a value so far off is in an ordinary week."""
        return self.usual.level_p(self.value)

    @property
    def p(self) -> float:
        """One p for both tests, paid for by doubling the smaller."""
        smaller = self.level_p if self.breadth_p is None else min(self.level_p, self.breadth_p)
        return min(1.0, 2 * smaller)

    @property
    def off_level(self) -> bool:
        """Whether it lies outside its limits."""
        return not self.usual.holds(self.value)

    @property
    def broad(self) -> bool:
        """Whether most people moved."""
        return self.breadth_p is not None and self.breadth_p < BROAD

    @property
    def verdict(self) -> Breadth:
        """Who moved it."""
        if not self.broad:
            return Breadth.FEW
        return Breadth.TEAM_WIDE if self.off_level else Breadth.A_LITTLE


def changed(tested: Sequence[Judged]) -> list[Judged]:
    """The series to name, the surest first: a signal of its own that also stands among all the others."""
    passing = benjamini_hochberg([series.p for series in tested])
    named = [
        series for series, passes in zip(tested, passing, strict=True) if passes and (series.off_level or series.broad)
    ]
    return sorted(named, key=lambda series: series.p)[:MAX_MOVERS]
