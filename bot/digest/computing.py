"""Computes a digest for whoever reads it: figures, words and details, from the store as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from bot.digest.actions import Advice, NoAdvice
from bot.digest.baseline import Scope
from bot.digest.details import PARTS, details, outcome, sustained
from bot.digest.gather import Wanted, gather
from bot.digest.text import words
from bot.digest.value import Digest
from bot.digest.week import Week, parse_week, week_of
from bot.errors import UserError
from bot.questions.viewer import asking
from bot.settings import Settings
from storage.answer.privacy import OPERATOR, Viewer
from storage.keep import digests
from storage.names import Directory, read_directory

CORRECTED = 4  # earlier digests that are looked at for corrections
Kept = Mapping[Week, Mapping[str, float | None]]


@dataclass
class Computing:
    """Computes on `reading`; `now` is the clock, `advice_for` gives who advises a workspace.

    Threads may share it.
    """

    reading: Engine
    writing: Engine
    settings: Settings
    now: Callable[[], datetime]
    advice_for: Callable[[int], Advice] = lambda workspace_id: NoAdvice()
    _known: dict[int, Directory] = field(default_factory=dict)

    def today(self) -> date:
        """The day it is where the figures are counted."""
        return self.now().astimezone(self.settings.zone).date()

    def last_week(self) -> Week:
        """The last week that is over."""
        return week_of(self.today()).plus(-1)

    def preview(self, workspace_id: int, email: str | None, team: str | None = None) -> Digest:
        """The last week's digest for one reader alone. Raises UserError for a stranger and for an unknown team."""
        with self.reading.connect() as connection:
            directory = self.directory(connection, workspace_id)
            name = self.team_called(directory, team) if team else None
            viewer = self._own(directory, email)
            kept = self.kept(connection, workspace_id, self.last_week(), name)
            return self.compute(connection, directory, self.last_week(), name, viewer, kept)

    def compute(
        self,
        connection: Connection,
        directory: Directory,
        week: Week,
        team: str | None,
        viewer: Viewer,
        kept: Kept,
        *,
        notes: Sequence[str] = (),
        parts: Sequence[str] = tuple(PARTS),
    ) -> Digest:
        """A whole digest: figures, words, details."""
        wanted = Wanted(
            week=week,
            team=team,
            viewer=viewer,
            as_of=self.today(),
            country=self.settings.country,
            kept=kept,
        )
        digest = gather(connection, directory, wanted, self.advice_for(directory.workspace_id))
        scope = Scope(connection, directory, viewer, week, team)
        advice = self.advice_for(directory.workspace_id)
        came = outcome(digest, advice.ended(week, team, viewer))
        below = (*sustained(digest), *details(scope, digest, self.settings, parts), *came)
        return replace(digest, text=words(digest, notes), details=below)

    def kept(self, connection: Connection, workspace_id: int, week: Week, team: str | None) -> Kept:
        """The figures that earlier digests of a scope told."""
        known = digests.kept_figures(connection, workspace_id, team or "", str(week), CORRECTED)
        return {parse_week(one.week): one.figures for one in known}

    def directory(self, connection: Connection, workspace_id: int) -> Directory:
        """The names of a workspace, read again only when the store has changed."""
        found = read_directory(connection, workspace_id, self._known.get(workspace_id))
        self._known[workspace_id] = found
        return found

    def team_called(self, directory: Directory, name: str) -> str:
        """The team of a name or alias, in whatever case. Raises UserError."""
        wanted = name.strip().casefold()
        for team in directory.teams:
            if wanted in (team.name.casefold(), *(alias.casefold() for alias in team.aliases)):
                return team.name
        raise UserError(f"There is no team called {name.strip()!r}.")

    def _own(self, directory: Directory, email: str | None) -> Viewer:
        if email is None:
            return OPERATOR
        if email not in directory.person:
            raise UserError("I don't know you: your e-mail address is not on the roster.")
        return asking(email, False, self.settings.people, self.settings.min_group, directory)
