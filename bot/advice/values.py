"""The values of the advice: stages, triangles, inputs with their grades, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.statistics.draws import Triangle

REASONS = ("not real", "too risky", "data blocked", "already done")  # why a suggestion is dismissed
STAGES = ("manual", "assist", "draft", "execute", "audit", "autonomous")


def stage_after(stage: str) -> str:
    """The next stage of the ladder; the last one has none after it."""
    return STAGES[min(STAGES.index(stage) + 1, len(STAGES) - 1)]


def stage_before(stage: str) -> str:
    """The stage below."""
    return STAGES[max(STAGES.index(stage) - 1, 0)]


def lower_stage(stage: str, other: str) -> str:
    """The one with less trust in it."""
    return min(stage, other, key=STAGES.index)


class Grade(StrEnum):
    """How an input is known: A timed with outcomes, B measured, C an owner's estimate, D a default."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Verdict(StrEnum):
    """What comes of a workflow; the words of the contract."""

    OFFLOAD = "offload"
    DRAFT_ONLY = "draft only"
    UNBLOCK = "unblock"
    DO_NOT = "do not offload"
    SUPPRESSED = "suppressed"
    EXCLUDED = "excluded"

    @property
    def told(self) -> str:
        """As people read it."""
        return {"suppressed": "not suggested", "excluded": "left to people"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the formula takes, in its own units; hashable, so that equal inputs give equal draws.

    key      the workflow, from which the draws are seeded
    volume   runs a week, by hand and with AI; `ai_share` of them is AI's already
    missed   minutes of harm of a failure times the chance that nobody notices it
    access   1 where the data are ready, 0.5 where a connector is missing, 0 where they may not be used
    """

    key: str
    volume: float
    ai_share: float
    exposure: float
    minutes: Triangle
    briefing: Triangle
    review: Triangle
    prior: tuple[float, float] = (4.0, 2.0)
    successes: float = 0.0
    verified: float = 0.0
    routing: tuple[float, float] = (6.0, 4.0)
    missed: float = 0.0
    access: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An input as people read it, with where it comes from."""

    name: str
    value: str
    grade: Grade
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours a week: the pessimistic tenth, the middle, the optimistic tenth."""

    p10: float
    p50: float
    p90: float

    def wider(self, factor: float) -> Hours:
        """The same middle with wider ends."""
        return Hours(
            p10=self.p50 - factor * (self.p50 - self.p10),
            p50=self.p50,
            p90=self.p50 + factor * (self.p90 - self.p50),
        )

    def at_most(self, most: float) -> Hours:
        """None of it above a limit."""
        return Hours(p10=min(self.p10, most), p50=min(self.p50, most), p90=min(self.p90, most))

    def to_json(self) -> dict[str, float]:
        """Rounded to what anybody can read out of it."""
        return {"p10": round(self.p10, 2), "p50": round(self.p50, 2), "p90": round(self.p90, 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to send: to the owner where there is one, else to the team's channel. `kind` is demoted, frozen,
    promotion, renewal or verdict; `to` is the stage that an approval leads to."""

    kind: str
    workflow: str
    team: str
    owner: str
    channel: str
    text: str
    to: str = ""
