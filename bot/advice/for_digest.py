"""The advice as the digest asks for it, from one survey: its one action, what trials brought, and readers' answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.advice.card import Card
from bot.advice.decisions import verdict_words
from bot.advice.service import Advice, worth_suggesting
from bot.advice.survey import Survey, calibration_of
from bot.digest.actions import Action, ActionChoice, WeekAdvice
from bot.digest.week import Week
from storage.answer.privacy import Viewer
from storage.keep.advice import Trial

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DigestAdvice:
    """What the digests of one workspace ask."""

    advice: Advice
    workspace: int

    def advise(self, week: Week, team: str | None, viewer: Viewer) -> WeekAdvice:
        """The best suggestion of the week, and the verdicts of its trials with how good predictions were so far."""
        until = week.sunday + timedelta(days=1)
        survey, cards = self.advice.surveyed(self.workspace, team, until, viewer)
        trials = ended_trials(survey, {card.workflow for card in cards if card.hours}, until)
        said = [verdict_words(trial.workflow, trial.verdict or {}) for trial in trials]
        if said:
            said.append(calibration_of(survey.memory, week.sunday).text())
        return WeekAdvice(action=best_action(cards), ended=tuple(filter(None, said)))

    def chosen(self, workspace_id: int, workflow: str, choice: ActionChoice, email: str) -> None:
        """Somebody answered to an action. Raises UserError where it is not theirs to decide."""
        today = self.advice.today(workspace_id)
        if choice is ActionChoice.ACCEPT:
            self.advice.accept(workspace_id, workflow, email, today)
        elif choice is ActionChoice.NOT_NOW:
            self.advice.not_now(workspace_id, workflow, email, today)
        else:
            self.advice.dismiss(workspace_id, workflow, "not useful", email, today)


def best_action(cards: Sequence[Card]) -> Action | None:
    """The first suggestion that saves hours in 9 of 10 cases; None this week."""
    for card in worth_suggesting(cards):
        if card.hours and card.hours.p10 > 0:
            hours, stage = card.hours.to_json(), card.next_stage
            return Action(workflow=card.workflow, team=card.team, stage=stage, grade=card.grade, **hours)
    return None


def ended_trials(survey: Survey, visible: Collection[str], until: date) -> list[Trial]:
    """The experiments of these workflows that ended with a verdict in the week before `until`."""
    trials = [trial for name, known in survey.memory.trials.items() if name in visible for trial in known]
    ended = [trial for trial in trials if trial.closed and until - WEEK <= trial.closed < until]
    return [trial for trial in ended if trial.verdict and "inside" in trial.verdict]
