"""Wilson's bounds of a share of successes; without a run there is no bound."""

from __future__ import annotations

from math import sqrt

Z_PROMOTE = 2.326  # one-sided 99 %: so that looking every week promotes falsely in at most one case of twenty
Z_DEMOTE = 1.645  # one-sided 95 %


def lower_bound(successes: float, runs: float, z: float = Z_PROMOTE) -> float | None:
    """The share that is reached at least."""
    return _bound(successes, runs, z, -1)


def upper_bound(successes: float, runs: float, z: float = Z_DEMOTE) -> float | None:
    """The share that is reached at most."""
    return _bound(successes, runs, z, 1)


def runs_needed(bar: float, failures: int, z: float = Z_PROMOTE) -> int:
    """The fewest runs with so many failures whose lower bound reaches the bar."""
    runs = failures + 1
    while (lower_bound(runs - failures, runs, z) or 0.0) < bar:
        runs += 1
    return runs


def _bound(successes: float, runs: float, z: float, side: int) -> float | None:
    if runs <= 0:
        return None
    share = successes / runs
    spread = z * sqrt(max(share * (1 - share), 0.0) / runs + z * z / (4 * runs * runs))
    return (share + z * z / (2 * runs) + side * spread) / (1 + z * z / runs)
