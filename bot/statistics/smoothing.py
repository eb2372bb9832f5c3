"""Exponential smoothing with a damped trend and weekdays, ETS(A,Ad,A), on logs, its parameters by one-step errors.

Equations: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, table 2.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ALPHAS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)  # of the level
BETAS = (0.0, 0.01, 0.05, 0.15)  # of the trend
GAMMAS = (0.0, 0.05, 0.15, 0.3)  # of the weekdays
DAMPING = (0.8, 0.9, 0.98)
FLOOR = 0.02  # of the mean: a day without use has a logarithm too


def smoothed(series: Floats, times: Sequence[int], first: int, skip: int, span: int, season: int) -> Floats:
    """At each of the times, which are that many known values, the sum of `span` values after the next `skip`.

    Parameters are chosen on the first `first` values, before any of the times.
    """
    floor = FLOOR * float(series[:first].mean()) or 1.0
    logs = np.log(series + floor)
    gammas = GAMMAS if season > 1 else (0.0,)
    grid = np.array(list(product(ALPHAS, BETAS, gammas, DAMPING))).T
    chosen = grid[:, [int(_squares(logs[:first], grid, season).argmin())]]
    wanted, found = set(times), {}
    ahead = np.arange(skip, skip + span)
    errors: list[float] = []
    for known, (level, trend, seasonal, error) in enumerate(_states(logs, chosen, season), start=1):
        errors.append(float(error[0]))
        if known in wanted:
            damped = np.cumsum(chosen[3, 0] ** np.arange(1, skip + span + 1))[ahead]
            path = level[0] + damped * trend[0] + np.array([seasonal[(known + step) % season][0] for step in ahead])
            spread = float(np.mean(np.exp(np.array(errors[season:] or [0.0]))))  # the mean of a log's exponential
            found[known] = max(float((np.exp(path) * spread - floor).sum()), 0.0)
    return np.array([found[at] for at in times])


def _squares(logs: Floats, grid: Floats, season: int) -> Floats:
    """The sum of squared one-step errors of every set of parameters, without those of the first week."""
    total = np.zeros(grid.shape[1])
    for place, (_, _, _, error) in enumerate(_states(logs, grid, season)):
        if place >= season:
            total += error * error
    return total


def _states(logs: Floats, grid: Floats, season: int) -> Iterator[tuple[Floats, Floats, list[Floats], Floats]]:
    """Level, trend, weekdays and one-step error after each value, for all sets of parameters at once."""
    alpha, beta, gamma, damping = grid
    begin = float(logs[: 2 * season].mean())
    level, trend = np.full_like(alpha, begin), np.zeros_like(alpha)
    first = logs[: 2 * season].reshape(2, season).mean(axis=0) - begin if season > 1 else np.zeros(1)
    seasonal = [np.full_like(alpha, value) for value in first]
    for at, value in enumerate(logs):
        expected = level + damping * trend
        error = value - expected - seasonal[at % season]
        level = expected + alpha * error
        trend = damping * trend + beta * error
        seasonal[at % season] = seasonal[at % season] + gamma * error
        yield level, trend, seasonal, error
