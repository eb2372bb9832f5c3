"""Seeded draws from triangular and Beta distributions, fast without any array package: both by their inverse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, sqrt
from random import Random

DRAWS = 2_000
STEPS = 1_024  # of the inverse's table, and four times as many of the integration


@dataclass(frozen=True, slots=True)
class Triangle:
    """A triangular guess: lowest, likeliest, highest."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"not a triangle: {self.low}, {self.mode}, {self.high}")

    @property
    def mean(self) -> float:
        """What it comes to on average."""
        return (self.low + self.mode + self.high) / 3

    def times(self, factor: float) -> Triangle:
        """The same shape at another size."""
        return Triangle(self.low * factor, self.mode * factor, self.high * factor)


def uniforms(key: str, name: str, count: int = DRAWS) -> list[float]:
    """Numbers between 0 and 1, the same for the same workflow and input on every machine."""
    draw = Random(f"{key}\0{name}").random
    return [draw() for _ in range(count)]


def triangular(numbers: Sequence[float], triangle: Triangle) -> list[float]:
    """Draws of a triangle, one for each number."""
    low, high, span = triangle.low, triangle.high, triangle.high - triangle.low
    if span <= 0:
        return [triangle.mode] * len(numbers)
    turn = (triangle.mode - low) / span
    rising, falling = span * (triangle.mode - low), span * (high - triangle.mode)
    return [low + sqrt(n * rising) if n < turn else high - sqrt((1 - n) * falling) for n in numbers]


def beta(numbers: Sequence[float], a: float, b: float) -> list[float]:
    """Draws of a Beta(a, b), one for each number."""
    table = _inverse(a, b)
    found = []
    for n in numbers:
        place = n * STEPS
        step = int(place)
        low = table[step]
        found.append(low + (place - step) * (table[step + 1] - low))
    return found


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of sorted values lies."""
    place = share * (len(ordered) - 1)
    step = int(place)
    above = ordered[min(step + 1, len(ordered) - 1)]
    return ordered[step] + (place - step) * (above - ordered[step])


@lru_cache(maxsize=512)
def _inverse(a: float, b: float) -> tuple[float, ...]:
    """The quantiles of Beta(a, b) at equal steps, integrated over the stretch that holds its mass."""
    mean, spread = a / (a + b), sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    first, last = max(0.0, mean - 9 * spread), min(1.0, mean + 9 * spread)
    cells = 4 * STEPS
    width = (last - first) / cells
    middles = [first + (cell + 0.5) * width for cell in range(cells)]
    logs = [(a - 1) * log(x) + (b - 1) * log(1 - x) for x in middles]
    top = max(logs)
    masses = [exp(log - top) for log in logs]
    step_of = sum(masses) / STEPS
    found, below, wanted = [first], 0.0, step_of
    for cell, mass in enumerate(masses):
        while below + mass >= wanted and len(found) < STEPS:
            found.append(first + (cell + (wanted - below) / mass) * width)
            wanted += step_of
        below += mass
    # The outermost steps are long: straight lines there keep their mean, and so the spread of the whole.
    found[0] = max(first, 2 * _outermost(middles, masses, step_of) - found[1])
    end = min(last, 2 * _outermost(middles[::-1], masses[::-1], step_of) - found[-1])
    return (*found, end, end)


def _outermost(middles: Sequence[float], masses: Sequence[float], wanted: float) -> float:
    """The mean of the first part of the mass."""
    total, left = 0.0, wanted
    for middle, mass in zip(middles, masses, strict=True):
        taken = min(mass, left)
        total, left = total + taken * middle, left - taken
        if left <= 0:
            break
    return total / wanted
