"""The ladder of trust: which stage comes next, what it asks for, and what today's evidence decides; section 3.5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.advice.defaults import BARS, SAFE_STAGE
from bot.advice.evidence import FEWEST_PEOPLE, FEWEST_RUNS, FEWEST_WEEKS, MOST_OF_ONE, Evidence
from bot.advice.values import STAGES, lower_stage, stage_after, stage_before
from bot.questions.periods.labels import day_label
from bot.statistics.cusum import has_dropped, is_under_bar
from bot.statistics.wilson import lower_bound
from storage.keep.advice import StageMove

FIRST_WITH_BAR = "execute"
ASSIST_RUNS = 10
AUDIT_DAYS = 90  # at audit before autonomy
UNAUDITED_DAYS = 30
GRANT_DAYS = 90
COOLING_DAYS = 30
DEMOTIONS_DAYS = 90
DECLINED_DAYS = 30
RENEW_DAYS = 14  # before its end, a grant can be renewed
DEMOTIONS = frozenset({"severe", "drop", "expired", "changed"})
# What the owner confirms before a stage is granted; section 3.5's "enter when" that no outcome shows.
CONFIRMED = {
    "execute": "the way back was tried: what it does can be rolled back",
    "audit": "an escalation to a person happened, or was drilled, and worked",
}
HOLD, PROPOSE, FROZEN, DEMOTE = "hold", "propose promotion", "frozen", "demote"
TOLD = {HOLD: "it stays there", PROPOSE: "a promotion is earned", FROZEN: "promotion is frozen", DEMOTE: "it goes back"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that a decision rests on. `severe` are the days of severe failures, `last_checked` of the newest outcome;
    `wished` says that its team accepted the suggestion to try it."""

    stage: str
    error_class: int
    highest: str
    evidence: Evidence
    as_of: date
    moves: Sequence[StageMove] = ()
    severe: Sequence[date] = ()
    last_checked: date | None = None
    owner_left: bool = False
    is_written: bool = False
    signals: Sequence[str] = ()
    wished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be done today; `to` is the stage that a promotion or demotion leads to."""

    decision: str
    why: str
    to: str
    cause: str = ""
    bar: float | None = None
    lower: float | None = None
    missing: tuple[str, ...] = field(default=())

    @property
    def told(self) -> str:
        """The decision as people read it; `decision` is the contract's word."""
        return TOLD[self.decision]


def bar_of(stage: str, error_class: int) -> float | None:
    """The share of successes that a stage asks for; None where it asks for none, or is not for such errors."""
    place = STAGES.index(stage) - STAGES.index(FIRST_WITH_BAR)
    bars = BARS.get(error_class, ())
    return bars[place] if 0 <= place < len(bars) else None


def highest_stage(error_class: int, reversible: str, drafts_only: bool = False) -> str:
    """The last stage that is ever allowed."""
    if drafts_only:
        return "draft"
    by_undo = {"yes": "autonomous", "no": "execute"}.get(reversible, "audit")
    return lower_stage(SAFE_STAGE[error_class], by_undo)


def stage_began(moves: Sequence[StageMove]) -> date | None:
    """The day of the last real move; None where the stage came with the catalogue."""
    return next((move.day for move in reversed(moves) if move.from_stage != move.to_stage), None)


def decide(standing: Standing) -> Decision:
    """Demotion first, then what freezes, then whether promotion can be proposed."""
    target = stage_after(standing.stage)
    asked = bar_of(target if _may_rise(standing) else standing.stage, standing.error_class)
    evidence = standing.evidence
    lower = lower_bound(evidence.accepted, evidence.verified)
    found = _demotion(standing) or _freeze(standing)
    if found is None:
        missing = _missing(standing, target, asked, lower)
        found = (HOLD, "; ".join(missing), standing.stage, "") if missing else (PROPOSE, _earned(standing), target, "")
        return Decision(decision=found[0], why=found[1], to=found[2], bar=asked, lower=lower, missing=tuple(missing))
    return Decision(decision=found[0], why=found[1], to=found[2], cause=found[3], bar=asked, lower=lower)


def renewal(standing: Standing, decision: Decision) -> date | None:
    """The end of a grant that its owner can renew: it is near, nothing speaks against the stage, its bar was kept."""
    grant = _grant(standing)
    if grant is None or grant.expires is None or grant.to_stage != standing.stage:
        return None
    bar, evidence = bar_of(standing.stage, standing.error_class), standing.evidence
    kept = bar is not None and evidence.verified >= FEWEST_RUNS and (evidence.rate or 0.0) >= bar
    near = (grant.expires - standing.as_of).days <= RENEW_DAYS
    return grant.expires if kept and near and decision.decision in (HOLD, PROPOSE) else None


Found = tuple[str, str, str, str] | None


def _may_rise(standing: Standing) -> bool:
    return STAGES.index(standing.stage) < STAGES.index(standing.highest)


def _demotion(standing: Standing) -> Found:
    stage, place = standing.stage, STAGES.index(standing.stage)
    if _unreviewed(standing) and place > STAGES.index("assist"):
        why = "a severe failure: back to assist at once, frozen until a written review"
        return DEMOTE, why, "assist", "severe"
    if place < STAGES.index(FIRST_WITH_BAR):
        return None
    if lapsed := _lapsed(standing):
        return DEMOTE, f"{lapsed}: back to draft", "draft", "expired"
    below = stage_before(stage)
    bar = bar_of(stage, standing.error_class)
    runs = [run.success for run in standing.evidence.runs]
    if bar is not None and has_dropped(runs, bar, _granted_rate(standing.moves)):
        return DEMOTE, f"verified runs say that reliability fell: back to {below}", below, "drop"
    if bar is not None and is_under_bar(runs, bar):
        return DEMOTE, f"even at best the last 30 runs are under the bar of {bar:.0%}: back to {below}", below, "drop"
    if standing.evidence.requalifying and standing.error_class >= 3:
        return (
            DEMOTE,
            f"the model changed on {standing.evidence.changed}: back to {below} to qualify again",
            below,
            "changed",
        )
    return None


def _lapsed(standing: Standing) -> str:
    """Why the grant no longer holds, or ""."""
    grant = _grant(standing)
    if grant and grant.expires and grant.expires < standing.as_of:
        return f"the grant expired on {day_label(grant.expires)}"
    if standing.owner_left:
        return "its owner has left"
    seen = max((day for day in (standing.last_checked, grant.day if grant else None) if day), default=None)
    if seen and (standing.as_of - seen).days > UNAUDITED_DAYS:
        return f"nothing was checked for more than {UNAUDITED_DAYS} days"
    return ""


def _grant(standing: Standing) -> StageMove | None:
    return next((move for move in reversed(standing.moves) if move.cause == "granted"), None)


def _unreviewed(standing: Standing) -> bool:
    reviewed = max((move.day for move in standing.moves if move.cause == "reviewed"), default=date.min)
    return any(day > reviewed for day in standing.severe)


def _granted_rate(moves: Sequence[StageMove]) -> float | None:
    last = next((move for move in reversed(moves) if move.from_stage != move.to_stage), None)
    return last.rate if last and last.cause == "granted" else None


def _freeze(standing: Standing) -> Found:
    stage, evidence = standing.stage, standing.evidence
    if _unreviewed(standing):
        return FROZEN, "a severe failure waits for its written review", stage, ""
    demoted = [move.day for move in standing.moves if move.cause in DEMOTIONS]
    lately = [day for day in demoted if (standing.as_of - day).days <= DEMOTIONS_DAYS]
    if len(lately) >= 2 and (standing.as_of - lately[-1]).days <= COOLING_DAYS:
        until = lately[-1] + timedelta(days=COOLING_DAYS)
        return FROZEN, f"demoted twice within {DEMOTIONS_DAYS} days: cooling until {day_label(until)}", stage, ""
    if evidence.requalifying and evidence.changed:
        why = f"the model changed on {day_label(evidence.changed)}: {evidence.fresh} of {FEWEST_RUNS} fresh runs are in"
        return FROZEN, why, stage, ""
    if standing.signals:
        return FROZEN, standing.signals[0], stage, ""
    return None


def _missing(standing: Standing, target: str, bar: float | None, lower: float | None) -> list[str]:
    """What stands between the workflow and its next stage."""
    if not _may_rise(standing):
        return [f"{standing.stage} is the highest stage for its kind of error"]
    if target == "assist" and not standing.wished:
        return ["its owner has not agreed to try it yet: accepting the suggestion does that"]
    declined = [move.day for move in standing.moves if move.cause == "declined"]
    found = []
    if declined and (standing.as_of - declined[-1]).days <= DECLINED_DAYS:
        found.append(f"declined on {declined[-1]}")
    if target == "assist":
        return found
    if target == "draft":
        if not standing.is_written:
            found.append("intent, constraints and done-check are not written by its owner")
        if standing.evidence.verified < ASSIST_RUNS:
            found.append(f"{standing.evidence.verified:g} of {ASSIST_RUNS} verified runs at assist")
        return found
    return found + _unproven(standing, target, bar, lower)


def _unproven(standing: Standing, target: str, bar: float | None, lower: float | None) -> list[str]:
    evidence, found = standing.evidence, []
    if bar is None or lower is None:
        return ["no evidence: not one verified outcome since the stage began"]
    if evidence.verified < FEWEST_RUNS:
        found.append(f"{evidence.verified:g} of {FEWEST_RUNS} verified runs")
    if lower < bar:
        found.append(f"the lower bound {lower:.3f} is under the bar {bar:.2f}")
    if evidence.people < FEWEST_PEOPLE:
        found.append(f"checked by fewer than {FEWEST_PEOPLE} people")
    if evidence.weeks < FEWEST_WEEKS:
        found.append(f"evidence of fewer than {FEWEST_WEEKS} weeks")
    if evidence.largest > MOST_OF_ONE:
        found.append("one person checked more than half of it")
    began = stage_began(standing.moves)
    if target == "autonomous" and (began is None or (standing.as_of - began).days < AUDIT_DAYS):
        found.append(f"fewer than {AUDIT_DAYS} days at audit")
    if target == "autonomous" and any((standing.as_of - day).days <= AUDIT_DAYS for day in standing.severe):
        found.append(f"a severe failure within {AUDIT_DAYS} days")
    return found


def _earned(standing: Standing) -> str:
    evidence = standing.evidence
    if standing.stage == "manual":
        return "its team wants to try it"
    return f"{evidence.accepted:g} of {evidence.verified:g} verified runs succeeded, in {evidence.weeks} weeks"
