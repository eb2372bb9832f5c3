"""A digest as a value: the contract's JSON object, and what its words need beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.digest.actions import Action
from bot.digest.week import Week
from bot.questions.answers.answer import Answer
from bot.statistics.weekly import Usual


class DigestState(StrEnum):
    """How the week was."""

    NORMAL = "normal"
    CHANGED = "changed"
    FORMING = "forming"
    INCOMPLETE = "incomplete"


class Breadth(StrEnum):
    """Who moved a figure."""

    TEAM_WIDE = "team-wide"
    FEW = "few people"
    A_LITTLE = "most people a little"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A part of a change against an ordinary week; the parts of a mover sum to it."""

    factor: str
    labels: Mapping[str, str] = field(default_factory=dict)
    contribution: float

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {"factor": self.factor, "labels": dict(self.labels), "contribution": self.contribution}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A figure that really changed."""

    metric: str
    labels: Mapping[str, str]
    value: float
    usual: Usual
    level_p: float
    breadth_p: float | None
    verdict: Breadth
    why: tuple[Cause, ...] = ()
    coincides: tuple[str, ...] = ()
    near_zero: bool = False  # what is usual is too little to compare with
    since: Week | None = None  # from which week on it has lain off its usual range on the same side, week after week

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "metric": self.metric,
            "labels": dict(self.labels),
            "value": self.value,
            "usual": span(self.usual),
            "level_p": self.level_p,
            "breadth_p": self.breadth_p,
            "verdict": self.verdict.value,
            "why": [cause.to_json() for cause in self.why],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A figure told earlier that is another one now; `old` None was withheld then."""

    week: Week
    metric: str
    old: float | None
    new: float

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {"week": str(self.week), "metric": self.metric, "old": self.old, "new": self.new}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """A figure of quality that stands beside the volume."""

    metric: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sustained:
    """A run of at least eight weeks on one side of the mean of the usual weeks.

    The contract's range goes on being that of the twelve weeks before; `usual` is that of the run's own weeks, from
    its start on.
    """

    since: Week
    weeks: int
    above: bool
    usual: Usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest. `figures` are the week's, by metric, as kept for corrections; `text` is the top message.

    people      headcount of the scope, rounded, None where it may not be shown
    cost        dollars of the week, None where they are withheld, unknown or may not be shown
    broken      what a source lacks, in words
    weeks       weeks behind the usual range, or so far
    away        more than a quarter of the people had holidays of their own; like a short week it is not compared
    concentrated  one person has over half of it
    """

    week: Week
    team: str | None
    state: DigestState
    value: float | None
    usual: Usual | None
    weeks: int
    movers: tuple[Mover, ...] = ()
    action: Action | None = None
    confidence: str
    coverage: float | None
    suppressed: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    short: bool = False
    away: bool = False
    workdays: int = 5
    figures: Mapping[str, float | None] = field(default_factory=dict)
    people: float | None = None
    cost: float | None = None
    quality: Quality | None = None
    broken: tuple[str, ...] = ()
    sources: tuple[int, int] = (0, 0)
    sustained: Sustained | None = None
    concentrated: bool = False
    hidden: bool = False
    running: bool = False
    provisional: bool = False
    details: tuple[Answer, ...] = ()
    text: str = ""

    @property
    def unused(self) -> bool:
        """Whether a week that has all its data has no use in it, in a scope that is used otherwise."""
        told = self.state is not DigestState.INCOMPLETE and not self.hidden
        return told and (self.value == 0 or (self.value is None and self.weeks > 0))

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON object."""
        return {
            "week": str(self.week),
            "team": self.team,
            "state": self.state.value,
            "headline": {
                "metric": "tokens_per_employee",
                "value": self.value,
                "usual": span(self.usual) if self.usual else None,
                "weeks": self.weeks,
            },
            "movers": [mover.to_json() for mover in self.movers],
            "action": _action(self.action) if self.action else None,
            "confidence": self.confidence,
            "coverage": self.coverage,
            "suppressed": list(self.suppressed),
            "corrections": [correction.to_json() for correction in self.corrections],
            "short_week": self.short,
            "text": self.text,
            "details": [answer.to_json() for answer in self.details],
        }


def span(usual: Usual) -> dict[str, float]:
    """A usual range as data."""
    return {"low": usual.low, "high": usual.high}


def _action(action: Action) -> dict[str, Any]:
    hours = {"p10": action.p10, "p50": action.p50, "p90": action.p90}
    return {"workflow": action.workflow, "team": action.team, "stage": action.stage, "hours_per_week": hours}
