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
from bot.errors import UserError
from bot.logs import cause
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.request import AskRequest
from bot.slack.api.calls import NetworkError
from bot.slack.blocks.parts import Message, section
from bot.slack.questions.blocks import render
from bot.text import escape
from storage.keep import outbox, saved
from storage.keep.outbox import Draft
from storage.keep.saved import FAILING, Scheduled

log = logging.getLogger(__name__)

PLACE = "saved"
WEEK = timedelta(days=7)
PATIENCE = timedelta(minutes=10)  # how long a question that breaks is tried again
NOT_THERE = (
    "I could not post “{text}” in <#{channel}> this time: {why} I try again every week and do not repeat this; "
    "`/leverage saved` ends it."
)
HIDDEN = "what it says may not be shown to everybody there."
BROKEN = "something broke on my side."


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
            at = last_due(question, self.now())
            if at <= (question.done_at or question.since) or self.now() - at > LATEST:
                continue
            try:
                self._post(question, at)
            except (SlackApiError, *NetworkError) as error:
                log.warning("a saved question waits, Slack cannot be asked: %s", type(error).__name__)
            except UserError as error:
                self._fail(question, at, str(error))
            except Exception as error:  # noqa: BLE001  # the border of a question
                log.error("saved question %s failed: %s", question.id, cause(error))
                if self.now() - at > PATIENCE:
                    self._fail(question, at, BROKEN)

    def _post(self, question: Scheduled, at: datetime) -> None:
        """Ask it for the least privileged reader of its channel as of now, and put what may stand there on its way."""
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
        if audience is Audience.OPEN or any(part.private for part in (answer, *parts)):
            self._fail(question, at, HIDDEN)
        elif answer.status is not Status.ANSWERED:
            self._fail(question, at, answer.text)
        else:
            self._put(question, at, question.channel, render(answer), audience)

    def _fail(self, question: Scheduled, at: datetime, why: str) -> None:
        """Tell the owner, who hears it the first time alone."""
        words = NOT_THERE.format(text=escape(question.text), channel=question.channel, why=escape(why))
        blocks = (section(words),)
        told = () if question.state == FAILING else (Message(text=words, rich=blocks, plain=blocks),)
        self._put(question, at, question.owner, told, Audience.PRIVATE, failing=True)

    def _put(
        self,
        question: Scheduled,
        at: datetime,
        place: str,
        messages: tuple[Message, ...],
        audience: Audience,
        failing: bool = False,
    ) -> None:
        key = f"saved:{question.id}:{at:%Y-%m-%d}"
        with self.writing.begin() as connection:
            if not saved.settle(connection, question, at, failing):
                return
            for number, message in enumerate(messages):
                draft = Draft(
                    key=f"{key}:{number}" if number else key,
                    parent=key if number else "",
                    slack_team=question.slack_team,
                    channel=place,
                    message={**message.to_json(), "audience": audience.value},
                )
                outbox.put(connection, question.workspace_id, draft, self.now(), LATEST)


def last_due(question: Scheduled, now: datetime) -> datetime:
    """The newest time at which a question should have been posted, by the clock on the wall of its zone."""
    zone = ZoneInfo(question.zone)
    today = now.astimezone(zone).date()
    day = today - timedelta(days=(today.isoweekday() - question.weekday) % WEEK.days)
    at = instant(day, question.minute, zone)
    return at if at <= now else instant(day - WEEK, question.minute, zone)
