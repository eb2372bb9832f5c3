"""The clock of saved questions: each is asked anew for who reads its channel, and posted once for its day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.digest.schedule import LATEST, instant
from bot.logs import cause
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.request import AskRequest
from bot.slack.api.calls import NetworkError
from bot.slack.blocks.parts import Message
from bot.slack.questions.blocks import render, said
from storage.keep import outbox, saved
from storage.keep.outbox import Draft
from storage.keep.saved import Saved

log = logging.getLogger(__name__)

PLACE = "saved"
WEEK = 7
NOT_THERE = (
    "I did not post “{text}” in <#{channel}>: what it says may not be shown to everybody there, or it has no answer "
    "now. `/leverage saved` ends it."
)


@dataclass(frozen=True, slots=True)
class SavedClock:
    """What the worker does every minute; it bears being run late, twice, and in several processes at once."""

    ask: Callable[[AskRequest], Answer]
    audience_of: Callable[[str, str], Audience]
    writing: Engine
    now: Callable[[], datetime]

    def tick(self) -> None:
        """Write down what is due; one that fails leaves the others their turn."""
        with self.writing.connect() as connection:
            wanted = saved.active(connection)
        for question in wanted:
            try:
                self._post(question)
            except (SlackApiError, *NetworkError) as error:
                log.warning("a saved question waits, Slack cannot be asked: %s", type(error).__name__)
            except Exception as error:  # noqa: BLE001  # the border of a question
                log.error("saved question %s failed: %s", question.id, cause(error))

    def _post(self, question: Saved) -> None:
        now = self.now()
        at = last_due(question, now)
        if at <= question.since or now - at > LATEST:
            return
        key = f"saved:{question.id}:{at:%Y-%m-%d}"
        with self.writing.connect() as connection:
            if outbox.is_kept(connection, question.workspace_id, key):
                return
        audience = self.audience_of(question.slack_team, question.channel)
        asked = AskRequest(
            workspace_id=question.workspace_id,
            text=question.text,
            asker_email=question.email,
            audience=audience,
            where=PLACE,
            channel=question.channel,
        )
        answer = self.ask(asked)
        parts = answer.answers or (answer,)
        shown = answer.status is Status.ANSWERED and not any(part.private for part in (answer, *parts))
        if shown:
            self._put(question, question.channel, key, render(answer), audience)
        else:
            words = NOT_THERE.format(text=question.text, channel=question.channel)
            self._put(question, question.owner, key, said(words), Audience.PRIVATE)

    def _put(self, question: Saved, place: str, key: str, messages: tuple[Message, ...], audience: Audience) -> None:
        with self.writing.begin() as connection:
            for number, message in enumerate(messages):
                draft = Draft(
                    key=f"{key}:{number}" if number else key,
                    parent=key if number else "",
                    slack_team=question.slack_team,
                    channel=place,
                    message={**message.to_json(), "audience": audience.value},
                )
                if not outbox.put(connection, question.workspace_id, draft, self.now(), LATEST):
                    return


def last_due(question: Saved, now: datetime) -> datetime:
    """The newest time at which a question should have been posted."""
    zone = ZoneInfo(question.zone)
    today = now.astimezone(zone).date()
    day = today - timedelta(days=(today.isoweekday() - question.weekday) % WEEK)
    at = instant(day, question.minute, zone)
    return at if at <= now else instant(day - timedelta(days=WEEK), question.minute, zone)
