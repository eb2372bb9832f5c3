"""The leverage ratio: minutes of human work that AI took over, over the minutes people still gave; section 2.7.

LR = A / H over the last eight complete weeks. A = Σ V·p·m·u, before any review is taken off: V the runs a week with AI,
p the share that a check finds good, m the minutes a run takes by hand, u the share of runs that displaced human work.
H is what people spent on the same workflows, briefing, review and redoing included. It is never tokens over anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bot.advice.draws import DRAWS, beta, quantile, triangular, uniforms
from bot.advice.inputs import MINUTES, Prepared
from bot.advice.model import Grade, Hours
from bot.advice.survey import Survey

COVERED = 0.6  # of a team's time that its catalogued workflows must hold
HOURS_A_WEEK = 40.0  # that a person works
NO_WORK = "no work with AI is recorded in the last eight weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leverage:
    """Of one workflow or of several. `ratio` and `absorbed` (hours a week) are None where they cannot be measured,
    and `why` says so; `spent` are people's hours a week."""

    ratio: Hours | None = None
    absorbed: Hours | None = None
    spent: float = 0.0
    coverage: float | None = None
    grade: Grade = Grade.D
    why: str = ""

    def text(self) -> str:
        """In a sentence."""
        if self.absorbed is None:
            return f"Leverage ratio not measurable yet: {self.why}."
        if self.ratio is None:
            return (
                f"AI took over about {self.absorbed.p50:,.1f} hours of human work a week ({self.absorbed.p10:,.1f} to "
                f"{self.absorbed.p90:,.1f}) in what is catalogued. Leverage ratio not measurable yet: {self.why}."
            )
        return (
            f"Leverage ratio {self.ratio.p50:.2f} ({self.ratio.p10:.2f} to {self.ratio.p90:.2f}): AI took over about "
            f"{self.absorbed.p50:,.1f} hours of human work a week beside {self.spent:,.1f} that people gave (grade "
            f"{self.grade})."
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "ratio": self.ratio.to_json() if self.ratio else None,
            "hours_absorbed_per_week": self.absorbed.to_json() if self.absorbed else None,
            "hours_spent_per_week": round(self.spent, 2),
            "coverage": self.coverage,
            "grade": self.grade.value,
            "why": self.why,
        }


def of_workflows(survey: Survey, names: Collection[str]) -> Leverage:
    """The ratio of these workflows together; those the reader may not see must be left out before."""
    spent = sum(survey.facts(name).spent_hours for name in names)
    taken = [survey.prepared(name) for name in sorted(names) if survey.facts(name).ai_share > 0]
    if not taken:
        return Leverage(spent=spent, why=NO_WORK)
    if not spent:
        return Leverage(why="no time of people is recorded beside it")
    hours = sorted(map(sum, zip(*(_absorbed(one) for one in taken), strict=True)))
    absorbed = Hours(p10=quantile(hours, 0.1), p50=quantile(hours, 0.5), p90=quantile(hours, 0.9))
    ratio = Hours(p10=absorbed.p10 / spent, p50=absorbed.p50 / spent, p90=absorbed.p90 / spent)
    return Leverage(ratio=ratio, absorbed=absorbed, spent=spent, grade=_grade(taken))


def of_team(survey: Survey, names: Collection[str], heads: float | None) -> Leverage:
    """The same for whoever owns these workflows, where they hold enough of the time of so many people."""
    found = of_workflows(survey, names)
    if not heads or found.ratio is None:
        return found
    coverage = found.spent / (heads * HOURS_A_WEEK)
    if coverage < COVERED:
        why = (
            f"the catalogued workflows hold {coverage:.0%} of the team's time and {COVERED:.0%} are needed: catalogue "
            "more of its recurring work, with its minutes"
        )
        return Leverage(absorbed=found.absorbed, spent=found.spent, coverage=coverage, grade=found.grade, why=why)
    return Leverage(ratio=found.ratio, absorbed=found.absorbed, spent=found.spent, coverage=coverage, grade=found.grade)


def _absorbed(one: Prepared) -> list[float]:
    """Hours a week that AI took over, draw by draw."""
    inputs = one.inputs
    a, b = inputs.prior
    good = beta(uniforms(inputs.key, "reliability"), a + inputs.successes, b + inputs.verified - inputs.successes)
    displaced = beta(uniforms(inputs.key, "displaced"), *inputs.routing)
    minutes = triangular(uniforms(inputs.key, "minutes"), inputs.minutes)
    runs = inputs.volume * inputs.ai_share / 60
    found = [runs * p * m * u for p, m, u in zip(good, minutes, displaced, strict=True)]
    assert len(found) == DRAWS
    return found


def _grade(taken: Sequence[Prepared]) -> Grade:
    """That of the least known minutes."""
    return max(next(given.grade for given in one.given if given.name == MINUTES) for one in taken)
