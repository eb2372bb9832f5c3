"""Net hours of offloading a workflow after the expected cost of errors, drawn and not guessed; section 3.3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp

from bot.advice.values import Grade, Hours, Inputs
from bot.statistics.draws import DRAWS, Triangle, beta, quantile, triangular, uniforms

H0 = 10.0  # hours a week at which the score is 63
DRIVER_DRAWS = 500  # drivers only have to be told apart
DEFAULT_PRIOR = (4.0, 2.0)
RANDOM = ("reliability", "routing", "minutes", "briefing", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What the draws say; `drivers` are inputs with the part of the middle that goes (or comes) without them."""

    hours: Hours
    drivers: tuple[tuple[str, float], ...] = ()

    def score(self, access: float) -> float:
        """0 to 100; ranks by the pessimistic tenth, so that evidence raises and ignorance lowers."""
        return 100 * (1 - exp(-max(self.hours.p10, 0.0) / H0)) * access


@lru_cache(maxsize=4_096)
def scored(inputs: Inputs, draws: int = DRAWS) -> Scored:
    """The draws of a workflow and what drives them."""
    numbers = {name: uniforms(inputs.key, name, draws) for name in RANDOM}
    hours = _hours(inputs, numbers)
    few = {name: some[:DRIVER_DRAWS] for name, some in numbers.items()}
    return Scored(hours=hours, drivers=_drivers(inputs, few))


def confidence(hours: Hours, grade: Grade) -> str:
    """High with measured inputs and a narrow interval, medium with one up to twice its middle, else low."""
    if hours.p50 <= 0:
        return "low"
    spread = (hours.p90 - hours.p10) / hours.p50
    if grade in (Grade.A, Grade.B) and spread <= 1:
        return "high"
    return "medium" if spread <= 2 else "low"


def break_even(minutes: float, briefing: float, review: float, redo: float = 1.0) -> float:
    """The share of successes from which on offloading pays."""
    return (briefing + review) / minutes / redo


def _hours(inputs: Inputs, numbers: Mapping[str, list[float]]) -> Hours:
    ordered = sorted(_values(inputs, numbers))
    return Hours(p10=quantile(ordered, 0.1), p50=quantile(ordered, 0.5), p90=quantile(ordered, 0.9))


def _values(inputs: Inputs, numbers: Mapping[str, list[float]]) -> list[float]:
    """Net hours less loss, draw by draw: p·m − b − r − (1 − p)·missed for each run that is really routed."""
    a, b = inputs.prior
    runs = inputs.volume * (1 - inputs.ai_share) * inputs.exposure / 60
    missed = inputs.missed
    successes = beta(numbers["reliability"], a + inputs.successes, b + inputs.verified - inputs.successes)
    routed = beta(numbers["routing"], *inputs.routing)
    minutes = triangular(numbers["minutes"], inputs.minutes)
    briefing = triangular(numbers["briefing"], inputs.briefing)
    review = triangular(numbers["review"], inputs.review)
    together = zip(successes, routed, minutes, briefing, review, strict=True)
    return [runs * u * (p * m - brief - check - (1 - p) * missed) for p, u, m, brief, check in together]


def _drivers(inputs: Inputs, numbers: Mapping[str, list[float]]) -> tuple[tuple[str, float], ...]:
    """One input at a time at its neutral value: how much of the middle that takes away, as a part of the larger."""
    whole = quantile(sorted(_values(inputs, numbers)), 0.5)
    found = []
    for name, other in neutral(inputs).items():
        without = quantile(sorted(_values(other, numbers)), 0.5)
        size = max(abs(whole), abs(without))
        if size and other != inputs:
            found.append((name, round((whole - without) / size, 3)))
    return tuple(sorted(found, key=lambda driver: (-abs(driver[1]), driver[0])))


def neutral(inputs: Inputs) -> dict[str, Inputs]:
    """The same inputs with one of them as in a workflow of which nothing is special."""
    minutes = inputs.minutes.mode
    return {
        "volume": replace(inputs, volume=10.0),
        "minutes": replace(inputs, minutes=Triangle(8.0, 15.0, 30.0)),
        "headroom": replace(inputs, ai_share=0.5),
        "reliability": replace(inputs, prior=DEFAULT_PRIOR, successes=0.0, verified=0.0),
        "overhead": replace(
            inputs, briefing=Triangle(0.04, 0.08, 0.16).times(minutes), review=Triangle(0.12, 0.24, 0.40).times(minutes)
        ),
        "exposure": replace(inputs, exposure=0.5),
        "error cost": replace(inputs, missed=0.0),
    }
