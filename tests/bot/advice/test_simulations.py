"""How the ladder does over many simulated lives: false promotions at the bar, and how soon a drop is seen."""

from __future__ import annotations

from math import sqrt
from random import Random
from statistics import fmean, median

import pytest

from bot.advice.evidence import FEWEST_RUNS, WINDOW
from bot.statistics.cusum import Cusum, rates
from bot.statistics.wilson import lower_bound
from tests.bot.advice.runs import coin

LOOKS = 40
PER_WEEK = 10
LIVES = 2_000


def promoted_at(rng: Random, rate: float, bar: float) -> int | None:
    """After how many runs the weekly look promotes, if it does."""
    results: list[bool] = []
    for _ in range(LOOKS):
        results += [coin(rng, rate) for _ in range(PER_WEEK)]
        last = results[-WINDOW:]
        if len(last) >= FEWEST_RUNS and (lower_bound(sum(last), len(last)) or 0) >= bar:
            return len(results)
    return None


@pytest.mark.parametrize("bar", [0.80, 0.85, 0.90, 0.95])
def test_a_process_at_the_bar_is_promoted_in_at_most_one_life_of_twenty(bar: float) -> None:
    rng = Random(20261118)

    share = sum(promoted_at(rng, bar, bar) is not None for _ in range(LIVES)) / LIVES

    assert share <= 0.05 + 2 * sqrt(0.05 * 0.95 / LIVES)


@pytest.mark.parametrize(("bar", "runs"), [(0.80, 40), (0.90, 90), (0.95, 180)])
def test_a_truly_better_process_is_promoted_and_soon(bar: float, runs: int) -> None:
    rng = Random(7)

    found = [promoted_at(rng, bar + 0.7 * (1 - bar), bar) for _ in range(500)]
    promoted = [week for week in found if week is not None]

    assert len(promoted) / len(found) >= 0.95
    assert median(promoted) == pytest.approx(runs, abs=20)


def until_alarm(rng: Random, good: float, bad: float, rate: float) -> int:
    cusum, runs = Cusum(good, bad), 1
    while not cusum.add(coin(rng, rate)):
        runs += 1
    return runs


@pytest.mark.parametrize(
    ("good", "bad", "delay", "between"), [(0.97, 0.90, 39, 700), (0.95, 0.85, 27, 540), (0.99, 0.95, 50, 1_050)]
)
def test_a_drop_is_seen_soon_and_false_alarms_are_rare(good: float, bad: float, delay: int, between: int) -> None:
    rng = Random(11)

    delays = sorted(until_alarm(rng, good, bad, bad) for _ in range(3_000))
    false = fmean(until_alarm(rng, good, bad, good) for _ in range(800))

    assert median(delays) == pytest.approx(delay, abs=4)
    assert false == pytest.approx(between, rel=0.15)


def test_the_drop_looked_for_is_seven_points_or_down_to_the_bar() -> None:
    assert rates(0.90, 0.97) == pytest.approx((0.97, 0.90))
    assert rates(0.85, 0.95) == pytest.approx((0.95, 0.85))
    assert rates(0.95, 1.0) == pytest.approx((0.99, 0.92))
    assert rates(0.90, None) == pytest.approx((0.97, 0.90))
