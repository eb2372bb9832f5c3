"""The advice's clock: the day's check of every workspace, and its notices into the outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection

from bot.advice.service import Advice
from bot.advice.values import Notice
from bot.logs import cause
from bot.slack.advice.blocks import notice_message
from bot.slack.api.calls import NetworkError
from bot.slack.api.people import People
from bot.text import escape
from storage.keep import outbox
from storage.keep.outbox import Draft

log = logging.getLogger(__name__)

KEPT = timedelta(days=3)  # a notice that could not be sent by then is old news; the workflow's page has it


@dataclass(frozen=True, slots=True)
class AdviceClock:
    """What the worker does once an hour; it bears being run late, twice, and in several processes at once.

    `client_of` speaks for a Slack team.
    """

    advice: Advice
    client_of: Callable[[str], WebClient]
    people: People
    now: Callable[[], datetime]

    def tick(self) -> None:
        """Check every workspace; one that fails leaves the others their turn."""
        for workspace, slack_team in self.advice.workspaces():
            try:
                self._check(workspace, slack_team)
            except (SlackApiError, *NetworkError) as error:
                log.warning("the advice of a workspace waits, Slack cannot be asked: %s", type(error).__name__)
            except Exception as error:  # noqa: BLE001  # the border of a workspace
                log.error("the advice of workspace %s failed: %s", workspace, cause(error))

    def _check(self, workspace: int, slack_team: str) -> None:
        client = self.client_of(slack_team)
        team = slack_team or str(client.auth_test()["team_id"])
        users = {
            user.email: user.id for user in self.people.everyone(client, team).values() if user.email and user.active
        }

        def keep(connection: Connection, notices: Sequence[Notice]) -> None:
            for notice in notices:
                draft = draft_of(notice, team, users, self.now())
                if draft:
                    outbox.put(connection, workspace, draft, self.now(), KEPT)

        self.advice.daily(workspace, self.advice.today(workspace), keep)


def draft_of(notice: Notice, slack_team: str, users: Mapping[str, str], now: datetime) -> Draft | None:
    """To the owner with all of it; where Slack knows none, to the team's channel without a figure."""
    digest = blake2b(f"{notice.kind}\0{notice.workflow}\0{notice.text}".encode(), digest_size=12).hexdigest()
    key = f"advice:{now:%Y-%m-%d}:{digest}"
    owner = users.get(notice.owner, "")
    if owner:
        content = notice_message(notice).to_json()
        return Draft(key=key, slack_team=slack_team, channel=owner, message=content)
    if notice.channel:
        name = escape(notice.workflow)
        words = (
            f"There is news about the workflow {name}, which has no owner here: `/leverage workflow {name}` shows it."
        )
        return Draft(key=key, slack_team=slack_team, channel=notice.channel[:32], message={"text": words})
    log.warning("a notice has nobody to go to: its workflow has no owner and its team no channel")
    return None
