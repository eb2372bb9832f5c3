"""The test bed of the change tests: people with lognormal weeks, and the digests that would be made of them.

A person's weekly tokens are lognormal with a Gini of .74 between people (σ 1.59), week noise σ .8 with an
autocorrelation of .3 and 15 % idle weeks. Adoption and cost follow from the same weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from random import Random
from statistics import median

from bot.digest.movers import Judged, changed
from bot.statistics.weekly import RUN, WEEKS, breadth_p, run_length, usual

BETWEEN, NOISE, AGAIN, IDLE = 1.59, 0.8, 0.3, 0.15
OWN_WEEKS = 8
PRICE, PRICE_NOISE = 3e-6, 0.05


@dataclass(frozen=True)
class Bed:
    """Weeks of one team: tokens of each person, and what a token cost."""

    tokens: Sequence[Sequence[float]]
    price: Sequence[float]

    def series(self, metric: str) -> list[float]:
        """One figure of the digest, week by week."""
        if metric == "adoption_rate":
            return [sum(tokens > 0 for tokens in week) / len(week) for week in self.tokens]
        per_head = [sum(week) / len(week) for week in self.tokens]
        if metric == "tokens_per_employee":
            return per_head
        return [value * price for value, price in zip(per_head, self.price, strict=True)]

    def breadth(self, week: int, priced: bool) -> float | None:
        """The paired test of one week against everybody's own usual one."""
        price = self.price if priced else [1.0] * len(self.price)
        shifts = []
        for person, now in enumerate(self.tokens[week]):
            past = range(max(0, week - WEEKS), week)
            own = [self.tokens[at][person] * price[at] for at in past if self.tokens[at][person] > 0][-OWN_WEEKS:]
            if now > 0 and own:
                shifts.append(log(now * price[week] / median(own)))
        return breadth_p(shifts)

    def movers(self, week: int) -> list[str]:
        """What the digest of a week names."""
        tested = []
        for metric in ("tokens_per_employee", "adoption_rate", "cost_per_employee"):
            values = self.series(metric)
            known = usual(values[:week])
            if known is None:
                continue
            broad = None if metric == "adoption_rate" else self.breadth(week, metric == "cost_per_employee")
            tested.append(Judged(metric=metric, value=values[week], usual=known, breadth_p=broad))
        return [series.metric for series in changed(tested)]

    def runs(self, week: int) -> bool:
        """Whether the digest of a week speaks of a sustained shift."""
        values = self.series("tokens_per_employee")
        known = usual(values[:week])
        recent = values[max(0, week - WEEKS) : week + 1]
        return known is not None and abs(run_length(recent, known.mean)) >= RUN

    def leaps(self, week: int, threshold: float = 0.2) -> bool:
        """What a bare percentage rule would say: any of the three figures that much up or down."""
        for metric in ("tokens_per_employee", "adoption_rate", "cost_per_employee"):
            values = self.series(metric)
            if values[week - 1] and abs(values[week] / values[week - 1] - 1) > threshold:
                return True
        return False


def bed(random: Random, people: int, weeks: int, step_at: int | None = None, factor: float = 2.0) -> Bed:
    """A team's weeks; from `step_at` on everybody has `factor` times as many tokens."""
    levels = [random.gauss(12, BETWEEN) for _ in range(people)]
    noise = [random.gauss(0, NOISE) for _ in range(people)]
    tokens = []
    for week in range(weeks):
        noise = [AGAIN * old + sqrt(1 - AGAIN**2) * random.gauss(0, NOISE) for old in noise]
        grown = factor if step_at is not None and week >= step_at else 1.0
        tokens.append(
            [
                0.0 if random.random() < IDLE else grown * exp(level + own)
                for level, own in zip(levels, noise, strict=True)
            ]
        )
    return Bed(tokens, [PRICE * exp(random.gauss(0, PRICE_NOISE)) for _ in range(weeks)])


@dataclass(frozen=True)
class Rates:
    """Parts of digests (or of steps) that name something: by the digest's rule and by the bare one."""

    false_alarms: float
    bare_false_alarms: float
    hits: float
    bare_hits: float
    false_runs: float


def rates(seed: int, digests: int, steps: int, people: int = 20) -> Rates:
    """Measured over so many ordinary digests, and so many lasting steps looked at three weeks long."""
    random = Random(seed)
    quiet = bare_quiet = hit = bare_hit = runs = 0
    for _ in range(digests):
        company = bed(random, people, WEEKS + 1)
        quiet += bool(company.movers(WEEKS))
        bare_quiet += company.leaps(WEEKS)
        runs += company.runs(WEEKS)
    for _ in range(steps):
        company = bed(random, people, WEEKS + 3, step_at=WEEKS)
        hit += any(company.movers(WEEKS + look) for look in range(3))
        bare_hit += any(company.leaps(WEEKS + look) for look in range(3))
    return Rates(quiet / digests, bare_quiet / digests, hit / steps, bare_hit / steps, runs / digests)
