"""The chart of a digest's thread as a picture, where Slack refused the native one: a row of the outbox of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection, Engine

from bot.drawing.line_chart import alt_text, png, read
from bot.questions.answers.answer import Audience
from bot.slack.api.calls import NetworkError, failure, never_arrived
from bot.slack.api.files import share, upload
from storage.keep import outbox
from storage.keep.outbox import Draft, Taken

log = logging.getLogger(__name__)

KEPT = timedelta(hours=6)  # a chart that comes later than its lines by more is no use
PAUSE = timedelta(minutes=5)
CALL = timedelta(seconds=20)  # what must be left of the hold when the sharing begins
NAME = "chart.png"
SHARED = "share"  # a row's message with it is a picture


def is_one(taken: Taken) -> bool:
    """Whether this is a picture."""
    return SHARED in taken.message


def is_missing(taken: Taken) -> bool:
    """Whether the message went out without its chart."""
    return bool(taken.message.get("picture")) and "rich" not in taken.message


def put(connection: Connection, taken: Taken, now: datetime) -> None:
    """Write down that the message's chart is to be shared in the same thread."""
    draft = Draft(
        key=f"{taken.key}/picture",
        slack_team=taken.slack_team,
        channel=taken.channel,
        message={SHARED: taken.message["picture"], "audience": taken.message.get("audience")},
        parent=taken.parent,
        subscription_id=taken.subscription_id,
    )
    outbox.put(connection, taken.workspace_id, draft, now, KEPT)


@dataclass(frozen=True, slots=True)
class Sharer:
    """Shares a picture at most once: its row says that the one call that shows it is about to be made.

    Whatever becomes of it, the message with the same figures as lines stands already.
    """

    store: Engine
    client_of: Callable[[str], WebClient]
    audience_of: Callable[[str, str], Audience]
    now: Callable[[], datetime]

    def handle(self, taken: Taken) -> None:
        """Share it, give it back for later, or leave it; one whose sharing began and has no known end is left."""
        if taken.begun is not None:
            self._leave(taken, outbox.UNCLEAR, "its sharing was cut off")
        elif self.now() >= taken.expires_at:
            self._leave(taken, outbox.EXPIRED, "too late")
        else:
            self._bring(taken)

    def _bring(self, taken: Taken) -> None:
        try:
            client = self.client_of(taken.slack_team)
            if self._guests(taken):
                self._leave(taken, outbox.DROPPED, "guests came in")
                return
            shown = read(taken.message[SHARED])
            file = upload(client, NAME, png(shown), alt_text(shown))
        except SlackApiError as error:
            what = failure(error)
            if what.wait is not None or what.unknown:
                self._later(taken, what.code or str(what.status), what.wait)
            else:
                self._leave(taken, outbox.FAILED, what.code)
        except NetworkError as error:
            self._later(taken, type(error).__name__)
        else:
            self._share(client, taken, file, shown.title)

    def _share(self, client: WebClient, taken: Taken, file: str, title: str) -> None:
        with self.store.begin() as connection:
            mine = self.now() < taken.held_until - CALL and outbox.begin(connection, taken, self.now(), taken.channel)
        if not mine:
            return
        try:
            share(client, file, title, taken.channel, taken.thread_ts)
        except SlackApiError as error:
            what = failure(error)
            if what.wait is not None:
                self._later(taken, what.code, what.wait)
            else:
                self._leave(taken, outbox.UNCLEAR if what.unknown else outbox.FAILED, what.code or str(what.status))
        except NetworkError as error:
            if never_arrived(error):
                self._later(taken, type(error).__name__)
            else:
                self._leave(taken, outbox.UNCLEAR, type(error).__name__)
        else:
            with self.store.begin() as connection:
                outbox.sent(connection, taken, taken.channel, "")

    def _guests(self, taken: Taken) -> bool:
        for_members = taken.message.get("audience") == Audience.MEMBERS.value
        return for_members and self.audience_of(taken.slack_team, taken.channel) is Audience.OPEN

    def _later(self, taken: Taken, error: str, wait: float | None = None) -> None:
        pause = PAUSE if wait is None else timedelta(seconds=wait)
        with self.store.begin() as connection:
            outbox.again(connection, taken, self.now() + pause, error, surely_not_sent=True)

    def _leave(self, taken: Taken, state: str, error: str) -> None:
        log.warning("the picture of a digest's chart is %s (%s); its figures stand as lines", state, error)
        with self.store.begin() as connection:
            outbox.give_up(connection, taken, state, error)
