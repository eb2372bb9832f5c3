"""Sends what the outbox holds: noted before it is sent, looked up after an unclear end, never twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.questions.answers.answer import Audience
from bot.slack.api.calls import Failure, NetworkError, failure, never_arrived
from bot.slack.api.posting import BLOCKS_REFUSED
from bot.slack.outbox import pictures
from bot.slack.outbox.pictures import Sharer
from bot.slack.outbox.refused import stop, stop_saved
from storage.keep import outbox
from storage.keep.outbox import Taken

log = logging.getLogger(__name__)

EVENT_TYPE = "fulcrum_digest"
HOLD = timedelta(minutes=2)  # longer than a call takes; a sender that died loses its message after it
CALL = timedelta(seconds=45)  # what must be left of it when the call begins: three forms at their longest
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=30)
TOKEN_PAUSE = timedelta(hours=6)
FRESH = timedelta(minutes=1)  # how long a reader's rights are taken as read
LOOK_BACK = 300  # seconds: clocks differ
PAGE, PAGES = 100, 10
TOKEN_GONE = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
UNEDITABLE = frozenset({"edit_window_closed", "cant_update_message"})  # it stands there, its thread is open
UNREAD = "history cannot be read"

Form = tuple[str, "list[dict[str, Any]] | None"]  # the words, and the blocks as they were kept


@dataclass(frozen=True, slots=True)
class Sender:
    """Takes one message after the other; several may run at once, in one process or in many.

    `client_of` gives the client of a Slack team, `audience_of` who can read a channel now; either raises what Slack
    says.
    """

    store: Engine
    client_of: Callable[[str], WebClient]
    audience_of: Callable[[str, str], Audience]
    now: Callable[[], datetime]

    def send_due(self, limit: int = 200) -> int:
        """Send what is due, at most `limit`; gives how many messages were taken."""
        for count in range(limit):
            with self.store.begin() as connection:
                taken = outbox.take(connection, self.now(), HOLD)
            if taken is None:
                return count
            self._handle(taken)
        return limit

    def _handle(self, taken: Taken) -> None:
        if pictures.is_one(taken):
            Sharer(self.store, self.client_of, self.audience_of, self.now).handle(taken)
            return
        tried = taken.begun is not None
        try:
            self._send(taken)
        except SlackApiError as error:
            self._refused(taken, failure(error), unsure=tried)
        except NetworkError as error:
            # Before the first try nothing but harmless calls can have been under way.
            self._later(taken, type(error).__name__, surely_not_sent=not tried)

    def _send(self, taken: Taken) -> None:
        client = self.client_of(taken.slack_team)
        if taken.message.get("edits"):
            self._edit(client, taken)
            return
        channel = taken.posted_in if taken.begun else _channel(client, taken.channel)
        if taken.begun is not None:
            found = self._look_up(client, taken, channel, taken.begun)
            if found is None:
                self._give_up(taken, outbox.UNCLEAR, UNREAD)
                return
            if found:
                self._sent(taken, channel, found)
                return
        if self.now() >= taken.expires_at:
            self._give_up(taken, outbox.EXPIRED, "too late")
            return
        forms = self._forms(taken, channel)
        if forms is None:
            self._give_up(taken, outbox.DROPPED, "guests came in")
            return
        with self.store.begin() as connection:
            mine = self.now() < taken.held_until - CALL and outbox.begin(connection, taken, self.now(), channel)
        if mine:
            self._post(client, taken, channel, forms)

    def _post(self, client: WebClient, taken: Taken, channel: str, forms: Sequence[Form]) -> None:
        """The newer blocks, else the plain ones, else words: a refused call posted nothing."""
        about = {"event_type": EVENT_TYPE, "event_payload": {"key": taken.key}}
        for number, (text, blocks) in enumerate(forms, start=1):
            try:
                told = client.chat_postMessage(
                    channel=channel,
                    thread_ts=taken.thread_ts or None,
                    text=text,
                    blocks=blocks,
                    metadata=about,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            except SlackApiError as error:
                what = failure(error)
                if what.code not in BLOCKS_REFUSED or number == len(forms):
                    self._refused(taken, what, unsure=what.unknown)
                    return
                log.warning("blocks of a digest were refused (%s), sent plainer", what.code)
                taken = self._without_rich(taken)
            except NetworkError as error:
                self._later(taken, type(error).__name__, surely_not_sent=never_arrived(error))
                return
            else:
                self._sent(taken, str(told.get("channel") or channel), str(told["ts"]))
                return

    def _edit(self, client: WebClient, taken: Taken) -> None:
        """Put it in the place of the message it belongs to; done twice it changes nothing more."""
        forms = self._forms(taken, taken.channel)
        if forms is None or self.now() >= taken.expires_at:
            self._give_up(taken, outbox.EXPIRED if forms else outbox.DROPPED, "too late" if forms else "guests came in")
            return
        with self.store.begin() as connection:
            mine = self.now() < taken.held_until - CALL and outbox.begin(connection, taken, self.now(), taken.channel)
        for text, blocks in forms if mine else ():
            try:
                # Slack keeps the old blocks where none are given.
                client.chat_update(channel=taken.channel, ts=taken.thread_ts, text=text, blocks=blocks or [])
            except SlackApiError as error:
                what = failure(error)
                if what.code in BLOCKS_REFUSED and blocks is not None:
                    continue
                if what.code not in UNEDITABLE:
                    if what.wait is None and not what.unknown and what.code not in TOKEN_GONE:
                        log.warning("a digest cannot be completed in place: %s", what.code)
                        self._give_up(taken, outbox.FAILED, what.code)
                        return
                    raise
                log.warning("a digest may not be edited (%s); its thread alone says what is new", what.code)
            self._sent(taken, taken.channel, taken.thread_ts)
            return

    def _without_rich(self, taken: Taken) -> Taken:
        """Without its newer blocks, and so noted: whoever finds it in Slack later knows that its chart is missing."""
        left = {name: value for name, value in taken.message.items() if name != "rich"}
        with self.store.begin() as connection:
            outbox.keep(connection, taken, left)
        return replace(taken, message=left)

    def _forms(self, taken: Taken, channel: str) -> list[Form] | None:
        """What may be shown there now, the richest form first; None where nothing of it may."""
        message = taken.message
        stale = self.now() - taken.made_at > FRESH
        for_members = message.get("audience") == Audience.MEMBERS.value
        if for_members and stale and self.audience_of(taken.slack_team, channel) is Audience.OPEN:
            return [(message["closed"], None)] if message.get("closed") else None
        text = message["text"]
        shown = [blocks for blocks in (message.get("rich"), message.get("plain")) if blocks]
        return [*((text, blocks) for blocks in shown), (text, None)]

    def _look_up(self, client: WebClient, taken: Taken, channel: str, begun: datetime) -> str | None:
        """Where an earlier try left the message: its time, "" where it is not there, None where nobody can tell."""
        oldest = str(int(begun.timestamp()) - LOOK_BACK)
        try:
            for page in _pages(client, channel, taken.thread_ts, oldest):
                for message in page.get("messages", []):
                    payload = (message.get("metadata") or {}).get("event_payload") or {}
                    if payload.get("key") == taken.key:
                        return str(message["ts"])
                if not (page.get("response_metadata") or {}).get("next_cursor"):
                    return ""
        except SlackApiError as error:
            what = failure(error)
            if what.wait is not None or what.unknown or what.code in TOKEN_GONE:
                raise
            log.warning("not known whether a digest was posted (%s); it is not sent again", what.code)
        return None

    def _refused(self, taken: Taken, what: Failure, unsure: bool) -> None:
        """A refused call did nothing; `unsure` is whether a try may have left the message in Slack all the same."""
        if what.wait is not None:
            self._later(taken, what.code, not unsure, timedelta(seconds=what.wait))
        elif what.unknown:
            self._later(taken, what.code or str(what.status), not unsure)
        elif what.code in TOKEN_GONE and taken.subscription_id is None:
            self._later(taken, what.code, not unsure, TOKEN_PAUSE)
        else:
            log.error("a message of the outbox was refused: %s", what.code)
            state = outbox.UNCLEAR if unsure else outbox.FAILED
            with self.store.begin() as connection:
                if outbox.give_up(connection, taken, state, what.code):
                    if taken.subscription_id:
                        stop(connection, taken.workspace_id, taken.subscription_id, what.code, self.now())
                    stop_saved(connection, taken, what.code, self.now())

    def _later(self, taken: Taken, error: str, surely_not_sent: bool, wait: timedelta | None = None) -> None:
        pause = wait or min(FIRST_PAUSE * 2 ** min(taken.attempts - 1, 10), LONGEST_PAUSE)
        with self.store.begin() as connection:
            outbox.again(connection, taken, self.now() + pause, error, surely_not_sent)

    def _sent(self, taken: Taken, channel: str, ts: str) -> None:
        with self.store.begin() as connection:
            if outbox.sent(connection, taken, channel, ts) and pictures.is_missing(taken):
                pictures.put(connection, taken, self.now())

    def _give_up(self, taken: Taken, state: str, error: str) -> None:
        with self.store.begin() as connection:
            outbox.give_up(connection, taken, state, error)


def _channel(client: WebClient, channel: str) -> str:
    """The conversation to post in: of a person, the one with the bot."""
    if channel[:1] not in ("U", "W"):
        return channel
    return str(client.conversations_open(users=channel)["channel"]["id"])


def _pages(client: WebClient, channel: str, thread_ts: str, oldest: str) -> Iterator[Any]:
    """What was said since; a few pages of it, in a busy channel not all."""
    cursor = None
    for _ in range(PAGES):
        if thread_ts:
            page = client.conversations_replies(
                channel=channel, ts=thread_ts, oldest=oldest, limit=PAGE, cursor=cursor, include_all_metadata=True
            )
        else:
            page = client.conversations_history(
                channel=channel, oldest=oldest, limit=PAGE, cursor=cursor, include_all_metadata=True
            )
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
