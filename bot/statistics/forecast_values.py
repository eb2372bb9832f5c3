"""What a forecast says, or why there is none; `bot.statistics.forecasting` makes it."""

from __future__ import annotations

from dataclasses import dataclass

LEVEL = 0.80  # the part of what comes that an interval is to hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The sum of the values asked for, with its interval.

    error     mean absolute error of the back-test ÷ the mean of what came
    coverage  the part of the back-test that lay within its interval
    against_naive  the mean absolute error ÷ that of the same weekdays of the week before
    """

    candidate: str
    point: float
    low: float
    high: float
    error: float
    coverage: float
    against_naive: float
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpredictable:
    """Why nothing is forecast; the measures are those of the back-test, None where there was none."""

    reason: str
    coverage: float | None = None
