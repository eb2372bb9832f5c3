"""ETS(A,Ad,A) by plain recursion: the same guess, found without looking past the known values."""

from __future__ import annotations

from itertools import product
from math import exp, log

import numpy as np
import pytest

from bot.statistics.smoothing import ALPHAS, BETAS, DAMPING, FLOOR, GAMMAS, smoothed


def series(days: int) -> list[float]:
    rng = np.random.default_rng(3)
    return [float((90 + day / 4) * (0.1 if day % 7 > 4 else 1) * rng.lognormal(0, 0.2)) for day in range(days)]


def recursion(logs: list[float], parameters: tuple[float, ...]) -> tuple[list[float], float, float, list[float]]:
    """One-step errors, and the last level, trend and weekdays, by the book and one number at a time."""
    alpha, beta, gamma, damping = parameters
    level, trend = sum(logs[:14]) / 14, 0.0
    seasonal = [(logs[day] + logs[day + 7]) / 2 - level for day in range(7)]
    errors = []
    for day, value in enumerate(logs):
        error = value - (level + damping * trend + seasonal[day % 7])
        level, trend = level + damping * trend + alpha * error, damping * trend + beta * error
        seasonal[day % 7] += gamma * error
        errors.append(error)
    return errors, level, trend, seasonal


def test_the_guess_is_that_of_the_plain_recursion_with_the_best_parameters() -> None:
    values = series(84)
    floor = FLOOR * sum(values[:56]) / 56
    logs = [log(value + floor) for value in values]
    best = min(
        product(ALPHAS, BETAS, GAMMAS, DAMPING),
        key=lambda tried: sum(error**2 for error in recursion(logs[:56], tried)[0][7:]),
    )
    errors, level, trend, seasonal = recursion(logs, best)
    spread = sum(map(exp, errors[7:])) / len(errors[7:])
    told, damped = 0.0, 0.0
    for step in range(9):
        damped += best[3] ** (step + 1)
        if step >= 2:
            told += exp(level + damped * trend + seasonal[(84 + step) % 7]) * spread - floor

    assert smoothed(np.array(values), [84], 56, 2, 7, 7)[0] == pytest.approx(told, rel=1e-9)


def test_an_origin_does_not_see_what_comes_after_it() -> None:
    values = np.array(series(98))
    other = values.copy()
    other[70:] *= 5

    assert smoothed(values, [70], 56, 0, 7, 7)[0] == smoothed(other, [70], 56, 0, 7, 7)[0]
