"""The page of one workflow: stage, evidence against the bar, decision, signals, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.advice.card import Card
from bot.advice.evidence import Evidence
from bot.advice.gates import PEOPLE
from bot.advice.inputs import TEXTS
from bot.advice.ladder import HOLD, Decision, Standing, decide, renewal
from bot.advice.leverage import Leverage, of_workflows
from bot.advice.signals import Signal, SignalState, raised, watch
from bot.advice.survey import Survey
from bot.advice.values import STAGES
from bot.advice.verdicts import highest_of
from bot.questions.periods.labels import day_label
from bot.statistics.wilson import lower_bound
from storage.keep.advice import StageMove, Trial

MOST_POINTS = 20
WRITTEN = TEXTS[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessPoint:
    """The end of a week: the share of successes so far at this stage, and its lower bound."""

    week: date
    share: float
    lower: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What `fulcrum workflow NAME` shows; `evidence` is None where the reader may not see it."""

    card: Card
    stage: str
    evidence: Evidence | None
    decision: Decision
    signals: tuple[str, ...] = ()
    history: tuple[StageMove, ...] = ()
    points: tuple[SuccessPoint, ...] = ()
    trials: tuple[Trial, ...] = ()
    leverage: Leverage | None = None
    watched: tuple[Signal, ...] = ()
    renewal: date | None = None

    def in_state(self, state: SignalState) -> list[str]:
        """The names of the leading signals in a state."""
        return [signal.name for signal in self.watched if signal.state is state]

    def to_json(self) -> dict[str, Any]:
        """The contract's object."""
        evidence, decision = self.evidence, self.decision
        return {
            "workflow": self.card.workflow,
            "stage": self.stage,
            "evidence": {
                "verified": _whole(evidence.verified) if evidence else None,
                "accepted": _whole(evidence.accepted) if evidence else None,
                "people": evidence.people if evidence else None,
                "weeks": evidence.weeks if evidence else None,
                "lower_bound": None if decision.lower is None else round(decision.lower, 4),
                "bar": decision.bar,
            },
            "decision": decision.decision,
            "reason": decision.why,
            "signals": list(self.signals),
            "history": [
                {
                    "date": move.day.isoformat(),
                    "from": move.from_stage,
                    "to": move.to_stage,
                    "by": move.by,
                    "why": move.why,
                    "scope": move.scope,
                    "expires": move.expires.isoformat() if move.expires else None,
                }
                for move in self.history
            ],
            "next_stage": self.card.next_stage,
            "rubber_stamps": evidence.stamps if evidence else None,
            "not_recorded": self.in_state(SignalState.MISSING),
            "watched": [signal.to_json() for signal in self.watched],
            "renewable_until": self.renewal.isoformat() if self.renewal else None,
            "leverage": self.leverage.to_json() if self.leverage else None,
        }

    def text(self) -> str:
        """The same in a few lines."""
        card, decision = self.card, self.decision
        lines = [f"{card.workflow} ({card.team or 'no team'}) is at {self.stage}, {decision.told}: {decision.why}."]
        if self.evidence:
            bound = "no evidence" if self.decision.lower is None else f"lower bound {self.decision.lower:.4f}"
            bar = "no bar" if self.decision.bar is None else f"bar {self.decision.bar:.2f}"
            lines.append(
                f"Evidence: {self.evidence.accepted:g} of {self.evidence.verified:g} verified, {self.evidence.people} "
                f"people, {self.evidence.weeks} weeks, {bound}, {bar}."
            )
        lines += [f"Its grant ends on {day_label(self.renewal)}; its owner can renew it."] if self.renewal else []
        lines += [self.leverage.text()] if self.leverage else []
        lines += [f"Signal: {signal}." for signal in self.signals]
        lines += [text] if (text := watched_text(self)) else []
        lines += [
            f"{day_label(move.day)}: {move.from_stage} to {move.to_stage} by {move.by}: {move.why}"
            for move in self.history
        ]
        return "\n".join(lines)


def page_of(survey: Survey, card: Card) -> Page:
    """The page of a workflow."""
    name = card.workflow
    decision, signals = decided(survey, name)
    history = tuple(survey.moves(name))
    if name in survey.hidden:
        closed = Decision(decision=HOLD, why=card.reason, to=survey.stage(name))
        return Page(card=card, stage=survey.stage(name), evidence=None, decision=closed, history=history)
    evidence = survey.evidence(name)
    return Page(
        card=card,
        stage=survey.stage(name),
        evidence=evidence,
        decision=decision,
        signals=signals,
        history=history,
        points=points_of(evidence),
        trials=tuple(survey.memory.trials.get(name, [])),
        leverage=of_workflows(survey, [name]),
        watched=watched(survey, name),
        renewal=renewable(survey, name, decision),
    )


def watched(survey: Survey, name: str) -> tuple[Signal, ...]:
    """Every leading signal of a workflow, with its state."""
    evidence, minutes = survey.evidence(name), survey.prepared(name).inputs.minutes.mode
    changed = evidence.changed if evidence.requalifying else None
    outcomes = survey.outcomes.get(name, [])
    return watch(survey.weeks.get(name, ()), survey.days.get(name, ()), outcomes, minutes, changed)


def watched_text(page: Page) -> str:
    """Which signals are quiet, which cannot be told yet and which are not recorded; "" where none may be shown, and
    where AI does nothing yet that could be watched."""
    if page.stage == STAGES[0]:
        return ""
    quiet, young = (
        [signal.told() for signal in page.watched if signal.state is state]
        for state in (SignalState.QUIET, SignalState.YOUNG)
    )
    missing = [f"{signal.name} ({signal.how})" for signal in page.watched if signal.state is SignalState.MISSING]
    parts = [
        f"{words}: {'; '.join(names)}."
        for words, names in (
            ("Watched and quiet", quiet),
            ("Watched, with too little data yet", young),
            ("Not recorded", missing),
        )
        if names
    ]
    return " ".join(parts)


def decided(survey: Survey, name: str) -> tuple[Decision, tuple[str, ...]]:
    """Today's decision about a workflow, and the leading signals behind it."""
    evidence, stage, highest = survey.evidence(name), survey.stage(name), highest_of(survey, name)
    signals = raised(watched(survey, name))
    decision = decide(_standing(survey, name, signals))
    more = [f"{evidence.stamps} approvals were too fast to count"] if evidence.stamps else []
    if STAGES.index(stage) > STAGES.index(highest):
        more.append(f"{stage} is above {highest}, the highest stage for its kind of error")
    return decision, (*signals, *more)


def renewable(survey: Survey, name: str, decision: Decision) -> date | None:
    """Until when the workflow's grant can be renewed; None where it cannot or need not yet."""
    return renewal(_standing(survey, name, ()), decision)


def _standing(survey: Survey, name: str, signals: tuple[str, ...]) -> Standing:
    record, prepared, outcomes = survey.records[name], survey.prepared(name), survey.outcomes.get(name, [])
    owner, stage = survey.owner(name), survey.stage(name)
    never = PEOPLE.search(f"{name} {record.description}")
    return Standing(
        stage=stage,
        error_class=prepared.error_class,
        highest="manual" if never else highest_of(survey, name),
        evidence=survey.evidence(name),
        as_of=survey.as_of,
        moves=survey.moves(name),
        severe=[outcome.day for outcome in outcomes if outcome.severity == 1],
        last_checked=outcomes[-1].day if outcomes else None,
        owner_left=bool(record.owner_email) and record.owner_email not in survey.employed,
        is_written=all(field in owner and owner[field].value.strip() for field in WRITTEN),
        signals=signals if stage != "manual" else (),
        wished=any(trial.closed is None for trial in survey.memory.trials.get(name, [])),
    )


def points_of(evidence: Evidence) -> tuple[SuccessPoint, ...]:
    """Reliability at the end of each week with outcomes, newest twenty."""
    found: list[SuccessPoint] = []
    runs, successes = 0, 0
    for run in evidence.runs:
        week = run.day - timedelta(days=run.day.weekday())
        runs, successes = runs + 1, successes + run.success
        point = SuccessPoint(week=week, share=successes / runs, lower=lower_bound(successes, runs) or 0.0)
        found = [*(old for old in found if old.week != week), point]
    return tuple(found[-MOST_POINTS:])


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else number
