"""What comes next of a daily or weekly series: candidates, the one that back-tests best, its empirical 80 % interval.

Section 2.9 of the measurement reference. Every origin of the back-test sees the values before it alone; the interval is
made of the relative errors there (split-conformal), each origin tested by those whose outcome does not overlap its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, exp

import numpy as np
from numpy.typing import NDArray

from bot.statistics.forecast_values import LEVEL, Forecast, Unpredictable
from bot.statistics.smoothing import smoothed
from bot.statistics.weekly import usual

Floats = NDArray[np.float64]

WEEK = 7
FEWEST_WEEKS = 8  # of history, before the first origin
FEWEST_ORIGINS = 6
PROFILE = 4  # weeks that a weekday's mean is taken over
LOWEST, HIGHEST = 0.70, 0.90  # coverage that a forecast is published with
BREAK_WEEKS = 4  # a younger break forbids a forecast
OFF_WEEKS = 2  # of those weeks, off the usual range on one side: a break
LEAST = 1e-9
TOO_SHORT = "there are too few weeks of history for a back-test"


def forecast(values: Sequence[float], skip: int, span: int, season: int = WEEK) -> Forecast | Unpredictable:
    """The sum of `span` values after the next `skip`; `values` are whole, oldest first, one a step.

    `season` is 7 for days and 1 for weeks. Nothing is forecast of a short, a broken or an unpredictable series.
    """
    series = np.maximum(np.asarray(values, dtype=float), 0.0)
    first = FEWEST_WEEKS * season
    origins = _origins(len(series), first, skip, span, season)
    if len(origins) < FEWEST_ORIGINS:
        return Unpredictable(reason=TOO_SHORT)
    if is_broken(values, season):
        return Unpredictable(reason="the level changed in the last four weeks")
    actual = np.array([series[at + skip : at + skip + span].sum() for at in origins])
    tried = _candidates(series, origins, first, skip, span, season)
    errors = {name: float(np.abs(guess[:-1] - actual).mean()) for name, guess in tried.items()}
    naive = errors["seasonal naive"]
    best = min(errors, key=lambda name: errors[name])
    guesses = tried[best]
    if actual.mean() <= LEAST or guesses[-1] <= LEAST:
        return Unpredictable(reason="there is next to nothing to forecast")
    off = np.abs(np.log((actual + LEAST) / (np.maximum(guesses[:-1], 0.0) + LEAST)))
    coverage = _coverage(off, origins, skip + span)
    if coverage is None:
        return Unpredictable(reason=TOO_SHORT)
    if not LOWEST <= coverage <= HIGHEST:
        return Unpredictable(reason="its back-test does not hold", coverage=coverage)
    reach = _quantile(off)
    point = float(guesses[-1])
    return Forecast(
        candidate=best,
        point=point,
        low=point * exp(-reach),
        high=point * exp(reach),
        error=errors[best] / float(actual.mean()),
        coverage=coverage,
        against_naive=errors[best] / naive if naive > 0 else 1.0,
        origins=len(origins),
    )


def is_broken(values: Sequence[float], season: int = WEEK) -> bool:
    """Whether the level changed in the last four weeks: two of them lie on one side off the range of those before."""
    whole = len(values) // season
    end = len(values)
    weeks = [sum(values[end - season * back : end - season * (back - 1)]) for back in range(whole, 0, -1)]
    known = usual(weeks[:-BREAK_WEEKS])
    if known is None:
        return False
    last = weeks[-BREAK_WEEKS:]
    # Growth that went on all the time is no break.
    steps = _growth(weeks[-BREAK_WEEKS - known.weeks : -BREAK_WEEKS])
    middle = (known.weeks + 1) / 2
    trend = [exp(steps * (middle + number)) for number in range(BREAK_WEEKS)]
    above = sum(week > known.high * max(grown, 1.0) for week, grown in zip(last, trend, strict=True))
    below = sum(week < known.low * min(grown, 1.0) for week, grown in zip(last, trend, strict=True))
    return max(above, below) >= OFF_WEEKS


def _growth(weeks: Sequence[float]) -> float:
    """The slope of the logs, a week."""
    logs = np.log(np.maximum(np.asarray(weeks), LEAST))
    steps = np.arange(len(logs)) - (len(logs) - 1) / 2
    return float((steps * (logs - logs.mean())).sum() / (steps * steps).sum())


def _origins(length: int, first: int, skip: int, span: int, season: int) -> list[int]:
    """How many values are known at each origin, the newest last; less than a week is compared with its own weekdays."""
    stride = season if span < season else 1
    return [at for at in range(length - stride, first - 1, -stride) if at + skip + span <= length][::-1]


def _candidates(
    series: Floats, origins: Sequence[int], first: int, skip: int, span: int, season: int
) -> dict[str, Floats]:
    """Each candidate's guess at every origin, and last of all now."""
    times = [*origins, len(series)]
    ahead = np.arange(skip, skip + span) % season
    return {
        "seasonal naive": np.array([series[at - season + ahead].sum() for at in times]),
        "last value": np.array([series[at - 1] * span for at in times]),
        "weekday profile": np.array(
            [sum(series[at - season * back + ahead].sum() for back in range(1, PROFILE + 1)) / PROFILE for at in times]
        ),
        "exponential smoothing": smoothed(series, times, first, skip, span, season),
    }


def _coverage(off: Floats, origins: Sequence[int], reach: int) -> float | None:
    """How many outcomes lie within the interval that the origins make whose outcome overlaps none of theirs; None
    where these are too few."""
    at = np.asarray(origins)
    inside = []
    for place, size in enumerate(off):
        others = off[np.abs(at - at[place]) >= reach]
        if len(others) >= FEWEST_ORIGINS:
            inside.append(size <= _quantile(others))
    return float(np.mean(inside)) if inside else None


def _quantile(off: Floats) -> float:
    """The size that 80 % of new errors stay within: the conformal order statistic."""
    rank = min(ceil((len(off) + 1) * LEVEL), len(off))
    return float(np.sort(off)[rank - 1])
