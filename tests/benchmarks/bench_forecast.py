"""Rolling forecasts of three generated organisations: how often the interval holds, the error against the naive."""

from __future__ import annotations

import numpy as np
import pytest

from bot.statistics.forecast_values import Forecast
from bot.statistics.forecasting import WEEK, forecast

ORGANISATIONS = ((25, 0.0), (60, 0.01), (150, 0.02))  # people, growth a week
WEEKS, FIRST, STEP = 70, 20, 9
AHEAD = ((0, 7), (14, 7), (0, 12), (0, 3))  # days skipped, days summed up
SHAPE = (1.0, 1.1, 1.1, 1.05, 0.8, 0.1, 0.08)


def days(seed: int, people: int, growth: float) -> list[float]:
    """Daily use: lognormal people with weeks of their own (σ .8, autocorrelation .3, 15 % idle)."""
    rng = np.random.default_rng(seed)
    level = rng.lognormal(0, 1.59, people)
    level = np.minimum(level, np.quantile(level, 0.97))
    own, found = np.zeros(people), []
    for week in range(WEEKS):
        own = 0.3 * own + np.sqrt(1 - 0.09) * rng.normal(0, 0.8, people)
        busy = level * np.exp(own - 0.32) * (rng.random(people) > 0.15) * np.exp(growth * week)
        found += [float((busy * shape * rng.lognormal(-0.08, 0.4, people)).sum()) for shape in SHAPE]
    return found


def test_the_interval_holds_and_the_error_is_below_the_naive(capsys: pytest.CaptureFixture[str]) -> None:
    held, errors, naive, asked = [], [], [], 0
    for number, (people, growth) in enumerate(ORGANISATIONS):
        values = days(number, people, growth)
        for skip, span in AHEAD:
            for now in range(FIRST * WEEK, WEEKS * WEEK - skip - span, STEP):
                asked += 1
                found = forecast(values[max(0, now - 52 * WEEK) : now], skip, span)
                if not isinstance(found, Forecast):
                    continue
                came = sum(values[now + skip : now + skip + span])
                guess = sum(values[now - WEEK + ahead % WEEK] for ahead in range(skip, skip + span))
                held.append(found.low <= came <= found.high)
                errors.append(abs(found.point - came) / came)
                naive.append(abs(guess - came) / came)
    coverage, ratio = float(np.mean(held)), float(np.mean(errors) / np.mean(naive))
    with capsys.disabled():
        print(f"\n{asked} asked, {len(held)} published, coverage {coverage:.1%}, error {ratio:.2f} of the naive")
    assert len(held) >= 300
    assert 0.70 <= coverage <= 0.90
    assert ratio <= 1
