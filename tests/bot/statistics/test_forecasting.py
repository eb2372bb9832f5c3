"""A forecast is the candidate that back-tests best, with the interval its own errors make; else a reason why not."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest

from bot.statistics.forecast_values import Forecast, Unpredictable
from bot.statistics.forecasting import forecast, is_broken


def days(weeks: int, noise: float = 0.15, seed: int = 1, growth: float = 0.0) -> list[float]:
    rng = np.random.default_rng(seed)
    shape = (1.0, 1.1, 1.1, 1.0, 0.8, 0.1, 0.05)
    weekly = rng.lognormal(0, noise, weeks)
    return [
        float(1000 * shape[day % 7] * weekly[day // 7] * rng.lognormal(0, 0.1) * np.exp(growth * day))
        for day in range(7 * weeks)
    ]


def test_the_back_test_is_that_of_a_plain_loop() -> None:
    values = days(30)
    found = forecast(values, 0, 7)
    assert isinstance(found, Forecast)

    # Whatever was chosen, the weekday profile and the last week are recomputed here, origin by origin.
    origins = range(56, len(values) - 7 + 1)
    actual = [sum(values[at : at + 7]) for at in origins]
    naive = [sum(values[at - 7 : at]) for at in origins]
    profile = [sum(values[at - 28 : at]) / 4 for at in origins]

    def miss(guesses: list[float]) -> float:
        return float(np.mean([abs(guess - came) for guess, came in zip(guesses, actual, strict=True)]))

    assert found.origins == len(actual)
    assert found.error * np.mean(actual) / found.against_naive == pytest.approx(miss(naive))
    assert found.against_naive <= 1
    assert found.error * np.mean(actual) <= miss(profile) + 1e-9
    if found.candidate == "weekday profile":
        sizes = sorted(abs(np.log(came / guess)) for came, guess in zip(actual, profile, strict=True))
        reach = sizes[min(ceil((len(sizes) + 1) * 0.8), len(sizes)) - 1]
        assert (found.low, found.high) == pytest.approx((found.point * np.exp(-reach), found.point * np.exp(reach)))


def test_a_noisy_but_level_series_is_forecast_by_its_profile() -> None:
    found = forecast(days(40, noise=0.3), 0, 7)

    assert isinstance(found, Forecast)
    assert found.low < found.point < found.high
    assert 0.7 <= found.coverage <= 0.9


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (days(10), "too few weeks"),
        (days(26) + [3 * value for value in days(3, seed=2)], "the level changed"),
        ([0.0] * 210, "next to nothing"),
    ],
)
def test_what_cannot_be_forecast_says_why(values: list[float], why: str) -> None:
    found = forecast(values, 0, 7)

    assert isinstance(found, Unpredictable)
    assert why in found.reason


def test_steady_growth_is_no_break_and_one_odd_week_is_none() -> None:
    grown = days(24, growth=0.01)
    odd = days(24)
    odd[-14:-7] = [4 * value for value in odd[-14:-7]]

    assert not is_broken(grown)
    assert not is_broken(odd)
    assert is_broken(days(20) + [value / 4 for value in days(2, seed=5)])


def test_less_than_a_week_is_tested_on_its_own_weekdays() -> None:
    values = days(24)
    found = forecast(values, 5, 2)  # a weekend, which the workdays would hide
    assert isinstance(found, Forecast)

    assert found.point < 0.2 * sum(values[-7:])
    assert found.origins == len(range(56, len(values) - 6, 7))


def test_weeks_that_do_not_add_up_are_a_series_of_their_own() -> None:
    found = forecast([40 + (number * 7) % 5 for number in range(24)], 0, 1, season=1)

    assert isinstance(found, Forecast)
    assert 38 < found.point < 46
