"""The one action of a digest: what it needs of whoever advises, and what readers answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.digest.week import Week
from storage.answer.privacy import Viewer


class ActionChoice(StrEnum):
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
    grade: str = ""  # of the estimate: A measured … D assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekAdvice:
    """What is advised in one week: the best action that the reader may see (None: none), and what came of accepted
    actions whose trial ended in it, a sentence each."""

    action: Action | None = None
    ended: tuple[str, ...] = ()


class Adviser(Protocol):
    """Who knows what to do next."""

    def advise(self, week: Week, team: str | None, viewer: Viewer) -> WeekAdvice:
        """The advice of a week for a team (None: the organisation) as this viewer may see it."""

    def chosen(self, workspace_id: int, workflow: str, choice: ActionChoice, email: str) -> None:
        """Somebody answered to an action."""


class NoAdvice:
    """Where nobody advises."""

    def advise(self, week: Week, team: str | None, viewer: Viewer) -> WeekAdvice:
        """Never an action, and nothing was tried."""
        return WeekAdvice()

    def chosen(self, workspace_id: int, workflow: str, choice: ActionChoice, email: str) -> None:
        """Nobody to tell."""
