"""What the day decides and what people say to suggestions: experiments, demotions, proposals, and who is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import blake2b
from statistics import fmean
from typing import Any

from sqlalchemy import Connection

from bot.advice.experiments import BASELINE_WEEKS, trial_days, verdict, weeks_of
from bot.advice.granting import LONGEST, move
from bot.advice.inputs import NUMBERS, TEXTS, WORDS, triangle_of
from bot.advice.ladder import DEMOTE, FROZEN, PROPOSE, Decision
from bot.advice.page import decided, renewable
from bot.advice.survey import Survey
from bot.advice.values import Hours, Notice
from bot.advice.verdicts import card_of
from bot.errors import UserError
from bot.questions.periods.labels import day_label
from storage.answer.privacy import SMALLEST_GROUP
from storage.answer.workload import whole_weeks
from storage.keep.advice import SaidOfSuggestion, Trial, close_trial, open_trial, save_said, team_channels

BY_ITSELF = "fulcrum"
TOLD = "told"
LATE_DAYS = 14  # after an experiment's end, for work facts that come late


def say(connection: Connection, survey: Survey, name: str, state: str, reason: str = "", by: str = "") -> None:
    """Keep what became of a suggestion, with what it was worth then."""
    hours = card_of(survey, name, SMALLEST_GROUP).hours
    said = SaidOfSuggestion(
        workflow=name, day=survey.as_of, state=state, worth=hours.p10 if hours else 0.0, reason=reason, by=by
    )
    save_said(connection, survey.directory.workspace_id, said)


def accept(connection: Connection, survey: Survey, name: str, by: str, at: datetime, as_owner: bool) -> str:
    """Open the experiment, once. Its owner opts in with it; what the team accepts, the owner is asked to approve."""
    card = card_of(survey, name, SMALLEST_GROUP)
    if card.running:
        return f"{name} is on trial already."
    if card.hours is None:
        raise UserError(f"There is nothing to try: {card.reason}.")
    start, end = trial_days(survey.as_of)
    before = whole_weeks(survey.as_of, BASELINE_WEEKS)
    weeks = weeks_of(survey.weeks.get(name, ()), before.start, before.end)
    baseline = {
        "first": before.start.isoformat(),
        "last": before.end.isoformat(),
        "items_per_week": fmean(week.items for week in weeks) if weeks else 0.0,
        "hand_hours_per_week": fmean(week.hand_hours for week in weeks) if weeks else 0.0,
    }
    workspace = survey.directory.workspace_id
    open_trial(connection, workspace, name, (start, end), card.hours.to_json(), baseline)
    say(connection, survey, name, "accepted", by=by)
    told = f"{name} is on trial from {start} to {end}. I will report what it really brought."
    if card.stage != "manual" or card.next_stage != "assist":
        return told
    if not as_owner:
        return f"{told} Its stage stays manual until its owner opts in; I will ask."
    move(connection, survey, name, "assist", by, "granted", "its owner opted in", at)
    return told


def faults(values: Mapping[str, str]) -> list[str]:
    """What is wrong with values that an owner put in."""
    found = []
    for name, value in values.items():
        label = name.replace("_", " ")
        if name in WORDS and value not in WORDS[name]:
            found.append(f"{label} is one of {', '.join(WORDS[name])}.")
        elif name in NUMBERS and not _is_number(name, value):
            found.append(f"{label} is a number, or lowest-likeliest-highest such as 15-25-45.")
        elif name in TEXTS and len(value) > LONGEST:
            found.append(f"{label} is longer than {LONGEST:,} characters.")
        elif name not in WORDS and name not in NUMBERS and name not in TEXTS:
            found.append(f"{label} is no value of a workflow.")
    return found


def daily(connection: Connection, survey: Survey, at: datetime) -> list[Notice]:
    """Every workflow's day, and the experiments that end."""
    channels = team_channels(connection, survey.directory.workspace_id)
    found = []
    for name in survey.records:
        found += [_notice(survey, name, channels, *news) for news in _day_of(connection, survey, name, at)]
        found += [_notice(survey, name, channels, *end) for end in _ends(connection, survey, name)]
    return found


Told = tuple[str, str, str]  # the kind of notice, its words, the stage it leads to


def _day_of(connection: Connection, survey: Survey, name: str, at: datetime) -> Iterator[Told]:
    decision, signals = decided(survey, name)
    began = len(survey.moves(name))
    if decision.decision == DEMOTE:
        old = survey.stage(name)
        move(connection, survey, name, decision.to, BY_ITSELF, decision.cause, decision.why, at)
        yield "demoted", f"{name} went from {old} to {decision.to}: {decision.why}.", ""
    elif decision.decision == FROZEN:
        if _first(connection, survey, f"frozen:{began}:{_kind(decision, signals)}", name):
            yield "frozen", f"{name} stays at {survey.stage(name)}, promotion is frozen: {decision.why}.", ""
    elif decision.decision == PROPOSE:
        to = decision.to
        if _first(connection, survey, f"promotion:{began}:{to}:{survey.as_of:%Y-%m}", name):
            earned = f"{name} has earned {to}" if to != "assist" else f"{name} could be at assist"
            yield "promotion", f"{earned}: {decision.why}. It needs the owner's approval.", to
    until = renewable(survey, name, decision)
    if until and _first(connection, survey, f"renewal:{until}", name):
        stage = survey.stage(name)
        words = (
            f"{name} is at {stage} until {day_label(until)} and has kept its bar since. Its owner can renew the grant."
        )
        yield "renewal", f"{words} Silence is a no: it goes back to draft after that day.", stage


def _kind(decision: Decision, signals: tuple[str, ...]) -> str:
    # The same signal is told once a stage; the numbers in its words may move from day to day.
    return "".join(letter for letter in (signals[0] if signals else decision.why) if not letter.isdigit())[:80]


def _ends(connection: Connection, survey: Survey, name: str) -> Iterator[Told]:
    for trial in survey.memory.trials.get(name, []):
        if trial.closed is None and survey.as_of > trial.ends:
            found = _verdict(survey, trial)
            late = (survey.as_of - trial.ends).days > LATE_DAYS
            if found is None and not late:
                continue
            ended: dict[str, Any] = found or {"verdict": "too little work was recorded to tell"}
            if close_trial(connection, survey.directory.workspace_id, trial.id, survey.as_of, ended):
                yield "verdict", verdict_words(name, ended), ""


def verdict_words(name: str, ended: Mapping[str, Any]) -> str:
    """A verdict in a sentence."""
    if "inside" not in ended:
        return f"The trial of {name} ended: {ended['verdict']}."
    realised, predicted = ended["realised"], ended["predicted"]
    held = {True: "quality held", False: "quality fell", None: "quality cannot be compared"}[ended["quality"]["held"]]
    return (
        f"The trial of {name} ended {ended['verdict']}: {realised['p50']:,.1f} hours a week "
        f"({realised['p10']:,.1f} to {realised['p90']:,.1f}), predicted {predicted['p50']:,.1f} "
        f"({predicted['p10']:,.1f} to {predicted['p90']:,.1f}); {held}."
    )


def _verdict(survey: Survey, trial: Trial) -> dict[str, Any] | None:
    work = survey.directory.work
    if work is None or work[1] < trial.ends - timedelta(days=2):  # a weekend may have no work
        return None
    rows = survey.weeks.get(trial.workflow, ())
    first, last = (date.fromisoformat(str(trial.baseline[end])) for end in ("first", "last"))
    predicted = Hours(**{name: float(value) for name, value in trial.predicted.items()})
    before, after = weeks_of(rows, first, last), weeks_of(rows, trial.started, trial.ends)
    return verdict(trial.workflow, predicted, before, after)


def _notice(survey: Survey, name: str, channels: Mapping[str, str], kind: str, text: str, to: str) -> Notice:
    record = survey.records[name]
    owner = record.owner_email if record.owner_email in survey.employed else ""
    return Notice(
        kind=kind, workflow=name, team=record.team, owner=owner, channel=channels.get(record.team, ""), text=text, to=to
    )


def _first(connection: Connection, survey: Survey, key: str, name: str) -> bool:
    """Whether this is told for the first time; kept with the suggestions, as long as they are."""
    digest = blake2b(key.encode(), digest_size=16).hexdigest()
    if any(
        suggestion.state == TOLD and suggestion.reason == digest
        for suggestion in survey.memory.suggestions.get(name, [])
    ):
        return False
    said = SaidOfSuggestion(workflow=name, day=survey.as_of, state=TOLD, worth=0.0, reason=digest)
    save_said(connection, survey.directory.workspace_id, said)
    return True


def _is_number(name: str, value: str) -> bool:
    try:
        return float(value) > 0 if name == "volume" else bool(triangle_of(value))
    except ValueError:
        return False
