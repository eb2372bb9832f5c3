"""The rosters of Slack workspaces that installed the app: each read by its own bot's token, into its own workspace."""

from __future__ import annotations

from dataclasses import dataclass

from apscheduler.triggers.interval import IntervalTrigger
from slack_sdk.oauth import InstallationStore
from sqlalchemy import Engine

from bot.processes.store import Clock
from bot.processes.worker import Job
from bot.settings import Settings
from bot.sources.catalogue import settings_of
from bot.sources.http.client import open_http
from bot.sources.slack_roster import SLACK, TOKEN
from bot.sources.syncing.passes import OpenHttp, Syncing
from storage.keep.installations import InstalledTeam, installed_teams
from storage.load.zones import own_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledRosters:
    """Reads them all, one after the other; what goes wrong stands in the store of the workspace and in the log."""

    settings: Settings
    engine: Engine
    installed: InstallationStore
    now: Clock
    open_http: OpenHttp = open_http

    def job(self) -> Job:
        """Once a day, the first time soon after the start."""
        trigger = IntervalTrigger(minutes=SLACK.every_minutes, start_date=self.now())
        return Job("sync slack, where the app is installed", trigger, self.sync)

    def sync(self) -> None:
        """One pass over each workspace."""
        with self.engine.connect() as connection:
            teams = installed_teams(connection)
        for team in teams:
            self._sync_one(team)

    def _sync_one(self, team: InstalledTeam) -> None:
        bot = self.installed.find_bot(enterprise_id=team.enterprise_id or None, team_id=team.team_id)
        if bot is None or not bot.bot_token:
            return
        syncing = Syncing(
            engine=self.engine,
            workspace_id=team.workspace_id,
            clock=self.now,
            open_http=self.open_http,
            zone=own_zone(self.engine, team.workspace_id, self.settings.zone),
        )
        syncing.sync(SLACK, settings_of(SLACK, self.settings.sources) | {TOKEN: bot.bot_token})
