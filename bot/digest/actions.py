"""The one action of a digest: what it needs of whoever advises, and what readers answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.digest.week import Week
from storage.answer.privacy import Viewer


class Choice(StrEnum):
    """What a reader pressed."""

    ACCEPT = "accept"
    NOT_NOW = "not now"
    NOT_USEFUL = "not useful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A workflow to move on, with the stage to try and the hours a week it is expected to give back."""

    workflow: str
    team: str
    stage: str
    p10: float
    p50: float
    p90: float


class Advice(Protocol):
    """Who knows what to do next."""

    def action_for(self, week: Week, team: str | None, viewer: Viewer) -> Action | None:
        """The best action for a team (None: the organisation) that this viewer may see."""

    def ended(self, week: Week, team: str | None, viewer: Viewer) -> tuple[str, ...]:
        """What came of accepted actions whose trial ended in this week, a sentence each."""

    def chosen(self, workspace_id: int, workflow: str, choice: Choice, email: str) -> None:
        """Somebody answered to an action."""


class NoAdvice:
    """Where nobody advises."""

    def action_for(self, week: Week, team: str | None, viewer: Viewer) -> Action | None:
        """Never one."""
        return None

    def ended(self, week: Week, team: str | None, viewer: Viewer) -> tuple[str, ...]:
        """Nothing was tried."""
        return ()

    def chosen(self, workspace_id: int, workflow: str, choice: Choice, email: str) -> None:
        """Nobody to tell."""
