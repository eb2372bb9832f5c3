"""The digests of a store: which week is the last, whose they are, and each computed for its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from bot.digest.actions import Adviser, NoAdvice
from bot.digest.compute import DigestRequest, compute
from bot.digest.gather import Kept
from bot.digest.value import Digest
from bot.digest.week import Week, parse_week, week_of
from bot.errors import UserError
from bot.questions.viewer import asking
from bot.settings import Settings
from bot.settings.workspace import settings_in, settings_of
from storage.answer.privacy import OPERATOR, Viewer
from storage.keep import digests
from storage.names import Directories, Directory

CORRECTED = 4  # earlier digests that are looked at for corrections


@dataclass
class Digests:
    """Computes on `reading`; `now` is the clock, `adviser_of` gives who advises a workspace. Threads may share it.

    `directories` are those of the store, of which there is one for all who read it.
    """

    reading: Engine
    settings: Settings
    now: Callable[[], datetime]
    adviser_of: Callable[[int], Adviser] = lambda workspace_id: NoAdvice()
    directories: Directories = field(default_factory=Directories)

    def settings_of(self, workspace_id: int) -> Settings:
        """The settings as the organisation has them now."""
        return settings_of(self.reading, workspace_id, self.settings)

    def today(self, workspace_id: int) -> date:
        """The day it is where the figures are counted."""
        return self.now().astimezone(self.settings_of(workspace_id).zone).date()

    def last_week(self, workspace_id: int) -> Week:
        """The last week that is over."""
        return week_of(self.today(workspace_id)).plus(-1)

    def preview(self, workspace_id: int, email: str | None, team: str | None = None) -> Digest:
        """The last week's digest for one reader alone. Raises UserError for a stranger and for an unknown team."""
        with self.reading.connect() as connection:
            directory = self.directory(connection, workspace_id)
            name = self.team_called(directory, team) if team else None
            viewer = self._own(connection, directory, email)
            return self.of(connection, directory, self.last_week(workspace_id), name, viewer)

    def of(self, connection: Connection, directory: Directory, week: Week, team: str | None, viewer: Viewer) -> Digest:
        """The digest of any week, beside what earlier digests of its scope told."""
        kept = self.kept(connection, directory.workspace_id, week, team)
        return self.compute(connection, directory, DigestRequest(week=week, team=team, viewer=viewer, kept=kept))

    def compute(self, connection: Connection, directory: Directory, request: DigestRequest) -> Digest:
        """The digest that a request describes, with the advice of its week. Raises UserError."""
        advice = self.adviser_of(directory.workspace_id).advise(request.week, request.team, request.viewer)
        settings = settings_in(connection, directory.workspace_id, self.settings)
        today = self.now().astimezone(settings.zone).date()
        return compute(connection, directory, request, settings, today, advice)

    def kept(self, connection: Connection, workspace_id: int, week: Week, team: str | None) -> Kept:
        """The figures that earlier digests of a scope told."""
        known = digests.kept_figures(connection, workspace_id, team or "", str(week), CORRECTED)
        return {parse_week(issue.week): issue.figures for issue in known}

    def directory(self, connection: Connection, workspace_id: int) -> Directory:
        """The names of a workspace, read again only when the store has changed."""
        return self.directories.of(connection, workspace_id)

    def team_called(self, directory: Directory, name: str) -> str:
        """The team of a name or alias, in whatever case. Raises UserError."""
        wanted = name.strip().casefold()
        for team in directory.teams:
            if wanted in (team.name.casefold(), *(alias.casefold() for alias in team.aliases)):
                return team.name
        raise UserError(f"There is no team called {name.strip()!r}.")

    def _own(self, connection: Connection, directory: Directory, email: str | None) -> Viewer:
        if email is None:
            return OPERATOR
        if email not in directory.person:
            raise UserError("I don't know you: your e-mail address is not on the roster.")
        settings = settings_in(connection, directory.workspace_id, self.settings)
        return asking(email, False, settings.people, settings.min_group, directory)
