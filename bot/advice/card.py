"""The card of a suggestion, with every field filled: what, worth, why now, risk, check, stage, who does what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.advice.defaults import CHECK_WORDS, DETECTED, EASE, ERROR_WORDS
from bot.advice.inputs import Prepared
from bot.advice.seed import seed_like
from bot.advice.values import Given, Hours, Verdict
from bot.figures import short
from storage.catalogue import Unit
from storage.keep.advice import OwnerValue
from storage.records import WorkflowRecord

BY_STAGE = {
    "manual": "nothing yet: {task}",
    "assist": "answers on request while a person {task}",
    "draft": "{task}; a person reviews every draft",
    "execute": "{task}, and acts after a person approved each one",
    "audit": "{task} and acts; three in ten are reviewed at random, later at least one in ten",
    "autonomous": "{task} and acts within its scope; exceptions go to a person, one run in twenty is reviewed",
}
UNDO = {"yes": "can be undone at once", "partly": "can be undone with effort", "no": "cannot be undone"}
MOST_STOPS = 2  # reasons to stop and ask that a card says; the workflow's page has all
CLOSED = frozenset({Verdict.SUPPRESSED, Verdict.EXCLUDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the human sets and what the AI does."""

    ai_does: str
    intent: str
    constraints: tuple[str, ...]
    done_check: str
    stop_and_ask_when: tuple[str, ...]
    risk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One workflow's advice; `hours` is None where they may not be shown or were not worked out."""

    workflow: str
    team: str
    activity: str
    verdict: Verdict
    reason: str
    stage: str
    next_stage: str
    hours: Hours | None
    score: float
    confidence: str
    grade: str
    words: Words
    why_now: str
    drivers: tuple[tuple[str, float], ...] = ()
    kind: str = ""
    volume: float | None = None
    minutes: float | None = None
    by_hand: float | None = None
    detected: float | None = None
    verified: float = 0.0
    accepted: float = 0.0
    given: tuple[Given, ...] = ()
    check: str = ""
    effort: int = 0
    resting: bool = False
    running: bool = False
    owner: str = ""

    @property
    def first_reason(self) -> str:
        """What weighs most of its reason."""
        return self.reason.split(";")[0]

    def to_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "workflow": self.workflow,
            "team": self.team,
            "activity": self.activity,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "stage": self.stage,
            "next_stage": self.next_stage,
            "hours_per_week": self.hours.to_json() if self.hours else None,
            "score": round(self.score),
            "confidence": self.confidence,
            "grade": self.grade,
            "ai_does": self.words.ai_does,
            "intent": self.words.intent,
            "constraints": list(self.words.constraints),
            "done_check": self.words.done_check,
            "stop_and_ask_when": list(self.words.stop_and_ask_when),
            "risk": self.words.risk,
            "why_now": self.why_now,
            "drivers": [list(driver) for driver in self.drivers],
            "inputs": [
                {"name": given.name, "value": given.value, "grade": given.grade.value, "source": given.source}
                for given in self.given
            ],
        }

    def text(self) -> str:
        """The explanation, in the words of the reference's template."""
        if self.verdict in CLOSED or self.hours is None or self.volume is None:
            return f"{self.workflow}: {self.verdict.told}. {_sentence(self.reason)}"
        low, most, high = (short(size, Unit.HOURS) for size in (self.hours.p10, self.hours.p50, self.hours.p90))
        tried = self.verdict is not Verdict.DO_NOT  # what is advised against has no "why now" and no first step
        evidence = f"{self.accepted:g} of {self.verified:g} verified" if self.verified else "none verified yet"
        return " ".join(
            [
                f"{self.workflow}: {self.verdict.told}. About {most} h a week ({low} to {high}) of what people still "
                f"do by hand, from about {self.volume:,.0f} runs a week of {self.minutes or 0:,.0f} minutes each.",
                f"{_sentence(self.reason)}",
                *([f"Why now: {self.why_now}."] if tried else []),
                f"What could go wrong: {self.words.risk}.",
                *([self._first_step()] if tried else []),
                f"Evidence: {evidence}, grade {self.grade}; confidence {self.confidence}.",
            ]
        )

    def _first_step(self) -> str:
        stops = " or when ".join(self.words.stop_and_ask_when[:MOST_STOPS])
        return f"Try at {self.next_stage}: AI {self.words.ai_does}; it stops and asks when {stops}."


def words_of(record: WorkflowRecord, prepared: Prepared, owner: Mapping[str, OwnerValue], next_stage: str) -> Words:
    """The owner's words where there are some, else the seed's, else the ones that follow from the inputs."""
    seed = seed_like(record.name)
    task = seed.does if seed else _task(record, prepared)
    undo = UNDO[prepared.reversible]
    found = DETECTED[EASE[prepared.verifiable]]
    checked = CHECK_WORDS[prepared.verifiable]
    stops = [seed.stop] if seed else []
    stops += ["the input is of a kind it was not tried on", "it is less sure than it usually is"]
    constraints = [
        f"only {record.name}" + (f" of {record.team}" if record.team else ""),
        "nothing is sent, changed or paid without a person"
        if prepared.reversible != "yes"
        else "each step can be undone",
        "only the data that the work needs, and no judgement about a person",
    ]
    return Words(
        ai_does=BY_STAGE[next_stage].format(task=task),
        intent=_said(owner, "intent") or f"{_goal(record, task)}, with people's time kept for what needs judgement",
        constraints=_lines(owner, "constraints") or tuple(constraints),
        done_check=_said(owner, "done_check") or (seed.done if seed else f"{checked} finds nothing to change"),
        stop_and_ask_when=_lines(owner, "stop_and_ask_when") or tuple(stops),
        risk=f"an error costs {ERROR_WORDS[prepared.error_class]}, {undo}, "
        f"and {checked} finds about {found:.0%} of them",
    )


def why_now(prepared: Prepared, drivers: tuple[tuple[str, float], ...]) -> str:
    """The two inputs that lift the worth most, in words."""
    inputs = prepared.inputs
    phrases = {
        "volume": f"about {inputs.volume:,.0f} runs come in each week",
        "minutes": f"each takes about {inputs.minutes.mean:,.0f} minutes by hand",
        "headroom": f"{1 - inputs.ai_share:.0%} of them are still done without AI",
        "reliability": f"{inputs.successes:g} of {inputs.verified:g} verified runs succeeded"
        if inputs.verified
        else "this kind of work succeeds more often than most",
        "overhead": "briefing and checking are short against the work itself",
        "exposure": "a model can do it with what is connected already",
    }
    lifting = [name for name, weight in drivers if weight > 0 and name in phrases][:2]
    return " and ".join(phrases[name] for name in lifting) or "nothing about it stands out yet"


def setup_effort(prepared: Prepared) -> int:
    """How much has to be made ready first; it breaks ties."""
    return (prepared.inputs.access < 1) + (prepared.verifiable in ("partly", "no")) + (prepared.reversible != "yes")


def _task(record: WorkflowRecord, prepared: Prepared) -> str:
    said = record.description.strip().rstrip(".")
    return (
        f"takes on this: {said[0].lower()}{said[1:]}"
        if said
        else f"takes on one kind of work ({prepared.activity.kind})"
    )


def _goal(record: WorkflowRecord, task: str) -> str:
    said = record.description.strip().rstrip(".") or task
    return f"{said[0].upper()}{said[1:]}"


def _said(owner: Mapping[str, OwnerValue], name: str) -> str:
    return owner[name].value.strip() if name in owner else ""


def _lines(owner: Mapping[str, OwnerValue], name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in _said(owner, name).splitlines() if line.strip())


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""
