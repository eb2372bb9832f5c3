"""The advice as the digest asks for it: its one action, and what readers answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.decisions import verdict_words
from bot.advice.service import Advice
from bot.digest.actions import Action, Choice
from bot.digest.week import Week
from storage.answer.privacy import Viewer


@dataclass(frozen=True, slots=True)
class DigestAdvice:
    """What the digests of one workspace ask."""

    advice: Advice
    workspace: int

    def action_for(self, week: Week, team: str | None, viewer: Viewer) -> Action | None:
        """The best suggestion of the week that this viewer may see."""
        found = self.advice.action_for_digest(self.workspace, str(week), team, viewer)
        if found is None:
            return None
        return Action(workflow=found["workflow"], team=found["team"], stage=found["stage"], **found["hours_per_week"])

    def ended(self, week: Week, team: str | None, viewer: Viewer) -> tuple[str, ...]:
        """The verdicts of the week's trials, and how good predictions were so far."""
        trials = self.advice.verdicts(self.workspace, str(week), team, viewer)
        said = [verdict_words(trial.workflow, trial.verdict or {}) for trial in trials]
        if said:
            said.append(self.advice.calibration(self.workspace, week.period.end).text())
        return tuple(filter(None, said))

    def chosen(self, workspace_id: int, workflow: str, choice: Choice, email: str) -> None:
        """Somebody answered to an action. Raises UserError where it is not theirs to decide."""
        today = self.advice.today()
        if choice is Choice.ACCEPT:
            self.advice.accept(workspace_id, workflow, email, today)
        elif choice is Choice.NOT_NOW:
            self.advice.not_now(workspace_id, workflow, email, today)
        else:
            self.advice.dismiss(workspace_id, workflow, "not useful", email, today)
