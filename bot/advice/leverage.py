"""The leverage ratio: minutes of human work that AI took over, over the minutes people still gave; section 2.7.

LR = A / H over the last eight complete weeks. A = Σ V·p·m·u, before any review is taken off: V the runs a week with AI,
p the share that a check finds good, m the minutes a run takes by hand, u the share of those runs that displaced human
work and were no new work. u is what the workflow's own trials showed beside the volume before them, else the one
default that the reference gives; it is another share than the u of the suggestions, which is of runs done by hand.
H is what people spent on the same workflows, briefing, review and redoing included. It is never tokens over anything.
Beside it stands what is left net of their time beside AI, since the ratio can rise while that falls.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.advice.defaults import ROUTING
from bot.advice.experiments import DISPLACED
from bot.advice.inputs import MINUTES, Prepared, shown
from bot.advice.survey import Survey
from bot.advice.values import Grade, Hours
from bot.figures import short
from bot.statistics.draws import beta, quantile, triangular, uniforms
from storage.catalogue import Unit

COVERED = 0.6  # of a team's time that its catalogued workflows must hold
HOURS_A_WEEK = 40.0  # that a person works
MOST_OF_TIME = 0.4  # of a team's working time, that no estimate takes over unless its runs were timed
WEEKS_SAID = "over the last eight weeks"
NO_WORK = "no work with AI is recorded in the last eight weeks: work.csv brings it, by mode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leverage:
    """Of one workflow or of several. `ratio` and `absorbed` (hours a week) are None where they cannot be measured,
    and `why` says so; `spent` are people's hours a week, `net` what is left of the absorbed ones after what people
    spent beside AI on the same runs; `displaced` is u where it is assumed and not observed."""

    ratio: Hours | None = None
    absorbed: Hours | None = None
    spent: float = 0.0
    net: Hours | None = None
    displaced: float | None = None
    capped: bool = False
    coverage: float | None = None
    grade: Grade = Grade.D
    why: str = ""

    def text(self) -> str:
        """The hours net of people's time first, with their range and how much of the work they are of; then the gross
        ones by that name, and the ratio."""
        if self.absorbed is None:
            return f"Leverage ratio not measurable yet: {self.why}."
        rough = "a rough estimate, " if self.grade > Grade.B else ""
        gross = f"{_hours_said(self.absorbed)} gross, before the time that people spent beside AI is taken off"
        if self.net:
            head = f"AI saves about {_hours_said(self.net)} a week, net of the time that people spent beside it"
            more = f" That is {gross}."
        else:
            head, more = f"AI took over about {gross}, a week", ""
        return f"{head}, {self._of()}{WEEKS_SAID} ({rough}grade {self.grade}).{more}{self._assumed()} {self._ratio()}"

    def _of(self) -> str:
        if self.coverage is None:
            return "in what is catalogued, "
        return f"in the catalogued work, which holds {self.coverage:.0%} of people's time, "

    def _ratio(self) -> str:
        if self.ratio is None:
            return f"Leverage ratio not measurable yet: {self.why}."
        around = f"{self.ratio.p10:.2f} to {self.ratio.p90:.2f}"
        return (
            f"Leverage ratio {self.ratio.p50:.2f} ({around}): gross hours beside "
            f"{short(self.spent, Unit.HOURS)} that people gave to the same work."
        )

    def _assumed(self) -> str:
        assumed = f" Assumed: {self.displaced:.0%} of AI's runs replaced people's work." if self.displaced else ""
        most = " No estimate is believed beyond two fifths of a team's time." if self.capped else ""
        return f"{assumed}{most}"

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "ratio": self.ratio.to_json() if self.ratio else None,
            "hours_absorbed_per_week": self.absorbed.to_json() if self.absorbed else None,
            "hours_spent_per_week": round(self.spent, 2),
            "net_hours_per_week": self.net.to_json() if self.net else None,
            "displaced_assumed": self.displaced,
            "coverage": self.coverage,
            "grade": self.grade.value,
            "why": self.why,
        }


def _hours_said(hours: Hours) -> str:
    """ "64.3 hours (31.8 to 97.6)"."""
    low, most, high = (short(size, Unit.HOURS) for size in (hours.p10, hours.p50, hours.p90))
    return f"{most} hours ({low} to {high})"


def of_workflows(survey: Survey, names: Collection[str]) -> Leverage:
    """The ratio of these workflows together; those the reader may not see must be left out before."""
    spent = sum(survey.facts(name).spent_hours for name in names)
    taken = [name for name in sorted(names) if survey.facts(name).ai_share > 0]
    if not taken:
        return Leverage(spent=spent, why=NO_WORK)
    if not spent:
        return Leverage(why="no time of people is recorded beside it")
    drawn = [_drawn(survey, name) for name in taken]
    absorbed, net = (_hours([draw[part] for draw in drawn]) for part in (0, 1))
    unseen = any(not survey.tried(name, DISPLACED)[1] for name in taken)
    return Leverage(
        ratio=_over(absorbed, spent),
        absorbed=absorbed,
        spent=spent,
        net=net,
        displaced=ROUTING[0] / sum(ROUTING) if unseen else None,
        grade=max(_grade(survey.prepared(name)) for name in taken),
    )


def of_team(survey: Survey, names: Collection[str], heads: float | None) -> Leverage:
    """The same for whoever owns these workflows, where they hold enough of the time of so many people."""
    found = of_workflows(survey, names)
    if found.ratio is None or found.absorbed is None:
        return found
    if not heads:
        return replace(found, ratio=None, why="how many people the team has is not known, or may not be shown")
    time = heads * HOURS_A_WEEK
    absorbed = found.absorbed if found.grade is Grade.A else found.absorbed.at_most(MOST_OF_TIME * time)
    if absorbed != found.absorbed:
        net = found.net.at_most(MOST_OF_TIME * time) if found.net else None
        found = replace(found, absorbed=absorbed, net=net, ratio=_over(absorbed, found.spent), capped=True)
    found = replace(found, coverage=found.spent / time)
    if found.spent / time < COVERED:
        part, needed = f"{found.spent / time:.0%}", f"{COVERED:.0%}"
        why = (
            f"the catalogued workflows hold {part} of its people's time and {needed} are needed: catalogue more of its "
            "recurring work, with its minutes"
        )
        return replace(found, ratio=None, why=why)
    return found


def _over(hours: Hours, spent: float) -> Hours:
    return Hours(p10=hours.p10 / spent, p50=hours.p50 / spent, p90=hours.p90 / spent)


def _drawn(survey: Survey, name: str) -> tuple[list[float], list[float]]:
    """Hours a week that AI took over, and what is left net of people's time beside it, draw by draw."""
    inputs, beside = survey.prepared(name).inputs, survey.facts(name).beside_hours
    a, b = inputs.prior
    good = beta(uniforms(inputs.key, "reliability"), a + inputs.successes, b + inputs.verified - inputs.successes)
    displaced = beta(uniforms(inputs.key, DISPLACED), *shown(survey.tried(name, DISPLACED)))
    minutes = triangular(uniforms(inputs.key, "minutes"), inputs.minutes)
    runs = inputs.volume * inputs.ai_share / 60
    gross = [runs * p * m * u for p, m, u in zip(good, minutes, displaced, strict=True)]
    return gross, [hours - u * beside for hours, u in zip(gross, displaced, strict=True)]


def _hours(workflows: Sequence[Sequence[float]]) -> Hours:
    """Summed draw by draw: independent workflows do not all have their worst week at once."""
    hours = sorted(map(sum, zip(*workflows, strict=True)))
    return Hours(p10=quantile(hours, 0.1), p50=quantile(hours, 0.5), p90=quantile(hours, 0.9))


def _grade(prepared: Prepared) -> Grade:
    """That of its minutes: nothing is better known than the work itself."""
    return next(given.grade for given in prepared.given if given.name == MINUTES)
