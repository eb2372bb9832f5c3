"""The watches' clock: each is checked for its reader, and what it has to tell goes into the outbox once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.digest.service import Digests
from bot.digest.watches import Fired, check
from bot.logs import cause
from bot.questions.pipeline import LOOK_BACK
from bot.questions.viewer import asking
from bot.slack.api.calls import NetworkError
from bot.slack.api.people import People
from bot.slack.plans.messages import fired_message
from storage.answer.shown import Shown, shown_from_json
from storage.keep import outbox, watches
from storage.keep.audit import LoggedQuestion, keep
from storage.keep.outbox import Draft
from storage.keep.shown import ShownLately
from storage.keep.watches import Watched

log = logging.getLogger(__name__)

KEPT = timedelta(days=3)  # what could not be sent by then is old news
PLACE = "watch"


@dataclass(frozen=True)
class WatchClock:
    """What the worker does once an hour; it bears being run late, twice, and in several processes at once.

    One watch tells of one cause once: the outbox holds its key, which is the week (of a budget, the month).
    """

    digests: Digests
    writing: Engine
    client_of: Callable[[str], WebClient]
    people: People

    def tick(self) -> None:
        """Check every watch; a workspace that fails leaves the others their turn."""
        with self.digests.reading.connect() as connection:
            waiting = watches.watching_workspaces(connection)
        for workspace, slack_team in waiting:
            try:
                self._workspace(workspace, slack_team)
            except (SlackApiError, *NetworkError) as error:
                log.warning("the watches of a workspace wait, Slack cannot be asked: %s", type(error).__name__)
            except Exception as error:  # noqa: BLE001  # the border of a workspace
                log.error("the watches of workspace %s failed: %s", workspace, cause(error))

    def _workspace(self, workspace: int, slack_team: str) -> None:
        client = self.client_of(slack_team)
        team = slack_team or str(client.auth_test()["team_id"])
        users = {
            user.email: user.id for user in self.people.everyone(client, team).values() if user.email and user.active
        }
        with self.digests.reading.connect() as connection:
            wanted = watches.active(connection, workspace)
        for watch in wanted:
            self._watch(watch, team, users)

    def _watch(self, watch: Watched, slack_team: str, users: Mapping[str, str]) -> None:
        """Check one for its reader as they are today: somebody who left the roster or Slack is told nothing."""
        now, settings = self.digests.now(), self.digests.settings_of(watch.workspace_id)
        today = self.digests.today(watch.workspace_id)
        with self.digests.reading.connect() as connection:
            directory = self.digests.directory(connection, watch.workspace_id)
            if watch.email not in users or watch.email not in directory.person:
                return
            lately = ShownLately[Shown](shown_from_json)
            known = lately.to(connection, watch.workspace_id, watch.email, "", now - LOOK_BACK)
            viewer = asking(watch.email, False, settings.people, settings.min_group, directory, known)
            fired = check(connection, directory, watch, viewer, settings, today)
        if fired is not None:
            self._put(watch, fired, slack_team, users[watch.email], now)

    def _put(self, watch: Watched, fired: Fired, slack_team: str, user: str, now: datetime) -> None:
        draft = Draft(
            key=f"watch:{watch.id}:{fired.cause}",
            slack_team=slack_team,
            channel=user,
            message=fired_message(watch, fired.text).to_json(),
        )
        with self.writing.begin() as connection:
            if outbox.put(connection, watch.workspace_id, draft, now, KEPT):
                watches.told(connection, watch.id, now)
                keep(connection, watch.workspace_id, _as_question(watch, fired, now))


def _as_question(watch: Watched, fired: Fired, now: datetime) -> LoggedQuestion:
    """What was told counts as known to its reader."""
    return LoggedQuestion(
        asked_at=now,
        asker=watch.email,
        place=PLACE,
        text=watch.title,
        engine=PLACE,
        status="answered",
        query=dict(watch.query),
        elapsed_ms=0.0,
        shown=[shown.to_json() for shown in fired.shown],
    )
