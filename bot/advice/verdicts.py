"""From a survey to cards: the gates, the score, the words, and the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.advice.card import Card, setup_effort, why_now, words_of
from bot.advice.defaults import CHECK_WORDS, DETECTED, EASE
from bot.advice.gates import Case, Gate, closed, dismissed, is_resting, legal_or_safety, too_few, worth_it
from bot.advice.inputs import Prepared
from bot.advice.ladder import highest_stage
from bot.advice.leverage import HOURS_A_WEEK, MOST_OF_TIME
from bot.advice.score import Scored, confidence, scored
from bot.advice.survey import Survey
from bot.advice.values import STAGES, Grade, Hours, Verdict, stage_after
from bot.figures import short
from storage.catalogue import Unit

ORDER = {
    Verdict.OFFLOAD: 0,
    Verdict.DRAFT_ONLY: 0,
    Verdict.UNBLOCK: 0,
    Verdict.DO_NOT: 1,
    Verdict.SUPPRESSED: 2,
    Verdict.EXCLUDED: 3,
}
UNSCORED = frozenset({Verdict.SUPPRESSED, Verdict.EXCLUDED, Verdict.DO_NOT})


def cards(survey: Survey, names: Iterable[str], minimum: int) -> list[Card]:
    """The cards of these workflows, best first; ties by the effort of setting up, then by name."""
    found = [card_of(survey, name, minimum) for name in names]
    return sorted(found, key=lambda card: (ORDER[card.verdict], -card.score, card.effort, card.workflow))


def card_of(survey: Survey, name: str, minimum: int) -> Card:
    """The card of one workflow."""
    prepared = survey.prepared(name)
    case = _case(survey, name, prepared)
    if name in survey.hidden:
        return _card(survey, name, prepared, case, too_few(minimum), None)
    gate = closed(case)
    if gate and gate.verdict in UNSCORED:
        return _card(survey, name, prepared, case, gate, None)
    result = scored(prepared.inputs)
    wider = result.hours.wider(survey.calibration.factor)
    hours = _sane(survey, name, prepared, wider)
    judged, notes = _judged(case, gate, hours), [survey.calibration.widened()]
    if hours != wider:
        notes.append("no estimate is believed beyond two fifths of the team's time")
    judged = replace(judged, reason="; ".join(filter(None, [judged.reason, *notes])))
    return _card(survey, name, prepared, case, judged, Scored(hours=hours, drivers=result.drivers))


def _sane(survey: Survey, name: str, prepared: Prepared, hours: Hours) -> Hours:
    """No estimate takes over more than a good part of all that a team works, unless it was timed (section 2.6)."""
    most = MOST_OF_TIME * HOURS_A_WEEK * survey.people_of(survey.records[name].team)
    if prepared.grade is Grade.A or not most:
        return hours
    return hours.at_most(most)


def highest_of(survey: Survey, name: str) -> str:
    """The last stage that a workflow is ever allowed."""
    prepared = survey.prepared(name)
    drafts = legal_or_safety(_case(survey, name, prepared)) is not None
    return highest_stage(prepared.error_class, prepared.reversible, drafts)


def _case(survey: Survey, name: str, prepared: Prepared) -> Case:
    record = survey.records[name]
    return Case(
        name=name,
        team=record.team,
        activity=record.activity,
        description=record.description,
        error_class=prepared.error_class,
        access=prepared.inputs.access,
        volume=prepared.volume,
        minutes=prepared.inputs.minutes.mean,
        said=survey.memory.suggestions.get(name, []),
        as_of=survey.as_of,
    )


def _judged(case: Case, gate: Gate | None, hours: Hours) -> Gate:
    """The gate that decides once the hours are known."""
    worthless = worth_it(hours)
    if gate and gate.verdict is Verdict.DRAFT_ONLY:
        return Gate(gate.number, gate.verdict, f"{gate.reason}; {worthless.reason}") if worthless else gate
    if worthless:
        return worthless
    resting = is_resting(case.said, case.as_of, hours.p10) and dismissed(case)
    if gate or resting:
        return gate or resting or worth(hours)
    return worth(hours)


def worth(hours: Hours) -> Gate:
    """All gates are open."""
    if hours.p10 > 0:
        return Gate("", Verdict.OFFLOAD, f"saves at least {short(hours.p10, Unit.HOURS)} h a week in 9 of 10 cases")
    return Gate(
        "",
        Verdict.OFFLOAD,
        "likely to save time, but it may cost some in 1 of 10 cases: evidence would tell",
    )


def _card(survey: Survey, name: str, prepared: Prepared, case: Case, gate: Gate, result: Scored | None) -> Card:
    record, stage, evidence = survey.records[name], survey.stage(name), survey.evidence(name)
    highest = highest_stage(prepared.error_class, prepared.reversible, legal_or_safety(case) is not None)
    rises = STAGES.index(stage) < STAGES.index(highest)
    next_stage = stage_after(stage) if rises and gate.verdict is not Verdict.EXCLUDED else stage
    hidden = name in survey.hidden
    said = survey.memory.suggestions.get(name, [])
    return Card(
        workflow=name,
        team=record.team,
        activity=record.activity,
        verdict=gate.verdict,
        reason=gate.reason + _assumed(prepared, result),
        stage=stage,
        next_stage=next_stage,
        hours=result.hours if result else None,
        score=result.score(prepared.inputs.access) if result else 0.0,
        confidence=confidence(result.hours, prepared.grade) if result else "low",
        grade=Grade.D.value if hidden else prepared.grade.value,
        words=words_of(record, prepared, survey.owner(name), next_stage),
        why_now=why_now(prepared, result.drivers) if result else gate.reason,
        drivers=result.drivers if result else (),
        kind=prepared.activity.kind,
        volume=None if hidden else prepared.volume,
        minutes=None if hidden else prepared.inputs.minutes.mean,
        by_hand=None if hidden else 1 - prepared.inputs.ai_share,
        detected=DETECTED[EASE[prepared.verifiable]],
        verified=0.0 if hidden else evidence.verified,
        accepted=0.0 if hidden else evidence.accepted,
        given=() if hidden else prepared.given,
        check=CHECK_WORDS[prepared.verifiable],
        effort=setup_effort(prepared),
        resting=bool(result) and is_resting(said, survey.as_of, result.hours.p10 if result else 0.0),
        running=any(trial.closed is None for trial in survey.memory.trials.get(name, [])),
        owner=record.owner_email,
    )


def _assumed(prepared: Prepared, result: Scored | None) -> str:
    if result is None or not prepared.assumed:
        return ""
    return f"; assumed (grade D): {', '.join(prepared.assumed)}"
