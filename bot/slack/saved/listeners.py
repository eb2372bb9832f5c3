"""*Schedule…* under an answer with its form, `/leverage saved`, and the press that ends a saved question."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View
from sqlalchemy import Engine

from bot.errors import UserError
from bot.logs import cause
from bot.questions.answers.answer import Status
from bot.questions.pipeline import NOT_KEPT, Questions
from bot.questions.request import AskRequest
from bot.slack.advice.forms import filled
from bot.slack.blocks.inputs import field, modal, option
from bot.slack.blocks.parts import MAX_VALUE, Message, actions, button, section
from bot.slack.digest.blocks import DAYS
from bot.slack.leverage_words import COMMAND
from bot.slack.questions.alone import asker_email, client_of, tell_alone
from bot.slack.questions.blocks import ASK, SCHEDULE, said
from bot.slack.questions.conversation import Tools
from bot.slack.questions.excuses import SORRY
from bot.slack.questions.turn import Turn, of_button, of_command, of_form
from bot.text import escape
from storage.keep import audit, saved
from storage.keep.saved import Saved

log = logging.getLogger(__name__)

WORD, END, FORM, PLACE = "saved", "saved:end", "saved:form", "saved"
SHOWN = 20
NONE_YET = "You have scheduled nothing. *Schedule…* under an answer posts it every week."
NOT_ALONE = "This answer depends on what was said before it. Ask it as one whole question, and schedule that answer."
Work = Callable[[int, str], Sequence[Message]]  # for a workspace and who asks


@dataclass(frozen=True, slots=True)
class SavedReplies:
    """Answers in a pool, so that Slack never waits."""

    tools: Tools
    questions: Questions
    writing: Engine
    now: Callable[[], datetime]
    pool: Executor

    def take(self, turn: Turn, token: str | None, work: Work) -> None:
        """Returns at once; the answer comes from another thread."""
        self.pool.submit(self._answer, turn, token, work)

    def show(self, workspace: int, email: str) -> Sequence[Message]:
        """One's own saved questions; for an admin everybody's."""
        admin = self.tools.services.is_admin(workspace, email)
        with self.questions.reading.connect() as connection:
            found = saved.active(connection, workspace, "" if admin else email)
        blocks: list[Block] = [section("*Posted every week*" if found else NONE_YET)]
        for question in found[:SHOWN]:
            blocks.append(section(escape(question.text) + f"\n{_when(question)}"))
            # Somebody else's words are theirs to ask; an admin ends them.
            mine = question.email == email and len(question.text) <= MAX_VALUE
            run = [button("Run", question.text, f"{ASK}:0")] if mine else []
            blocks.append(actions([*run, button("End", str(question.id), END)], f"saved:{question.id}"))
        text = "Posted every week: " + "; ".join(question.text for question in found) if found else NONE_YET
        return [Message(text=text, rich=tuple(blocks), plain=tuple(blocks))]

    def save(self, turn: Turn, number: int, fields: dict[str, str], workspace: int, email: str) -> Sequence[Message]:
        """Schedule the question with this number, where its words alone ask it. Raises UserError."""
        with self.questions.reading.connect() as connection:
            text = audit.text_of(connection, workspace, number)
            query = audit.query_of(connection, workspace, number)
        if not text or not query:
            raise UserError(NOT_KEPT)
        alone = AskRequest(workspace_id=workspace, text=text, asker_email=email, where=PLACE)
        answer = self.tools.services.ask(alone)
        if answer.status is not Status.ANSWERED or dict(answer.query or {}) != query:
            raise UserError(NOT_ALONE)
        hours, minutes = fields["time"].split(":")
        wanted = Saved(
            workspace_id=workspace,
            email=email,
            text=text,
            slack_team=turn.team,
            owner=turn.user,
            channel=fields["channel"],
            weekday=int(fields["day"]),
            minute=int(hours) * 60 + int(minutes),
            zone=str(self.questions.settings_of(workspace).zone),
            since=self.now(),
        )
        with self.writing.begin() as connection:
            saved.save(connection, wanted)
        words = f"Scheduled: “{escape(text)}”, {_when(wanted)}. `{COMMAND} {WORD}` lists and ends it."
        return [Message(text=words, rich=(section(words),), plain=(section(words),))]

    def end(self, number: int, workspace: int, email: str) -> Sequence[Message]:
        """End one's own, or as an admin anybody's."""
        admin = self.tools.services.is_admin(workspace, email)
        with self.writing.begin() as connection:
            done = saved.end(connection, workspace, number, "" if admin else email)
        return said("Ended: it is not posted any more." if done else "It is not yours, or it has ended already.")

    def _answer(self, turn: Turn, token: str | None, work: Work) -> None:
        messages: Sequence[Message]
        try:
            workspace = self.tools.services.workspace_for(turn.team)
            if not self.tools.services.claim(workspace, turn.claim):
                return
            messages = work(workspace, asker_email(self.tools, turn, token))
        except UserError as error:
            messages = said(str(error))
        except Exception as error:  # noqa: BLE001  # the border of the bot: whatever it was, the person hears of it
            ticket = self.tools.ticket()
            log.error("ticket %s: saved questions failed: %s", ticket, cause(error))
            messages = said(SORRY.format(ticket=ticket))
        tell_alone(self.tools, turn, token, messages)


def attach(
    questions: Questions, writing: Engine, now: Callable[[], datetime]
) -> Callable[[App, Tools, Executor], None]:
    """What registers the listeners on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        register(app, SavedReplies(tools, questions, writing, now, pool))

    return to


def register(app: App, replies: SavedReplies) -> None:
    """Listen for our word, presses and form; register it before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))
    app.action(SCHEDULE)(partial(pressed_schedule, replies=replies))
    app.action(END)(partial(pressed_end, replies=replies))
    app.view(FORM)(partial(sent, replies=replies))


def is_ours(command: dict[str, Any]) -> bool:
    """Whether our word alone follows /leverage."""
    return str(command.get("text") or "").strip().lower() == WORD


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SavedReplies
) -> None:
    """`/leverage saved`."""
    ack()
    replies.take(of_command(command, body, context), context.bot_token, replies.show)


def pressed_schedule(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SavedReplies
) -> None:
    """Schedule…: the form."""
    ack()
    turn = of_button(action, body, context)
    view = schedule_form(turn.channel, str(action.get("value") or ""))
    client_of(replies.tools, turn, context.bot_token).views_open(trigger_id=str(body["trigger_id"]), view=view)


def pressed_end(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SavedReplies
) -> None:
    """End."""
    ack()
    work = partial(replies.end, int(str(action.get("value") or 0)))
    replies.take(of_button(action, body, context), context.bot_token, work)


def sent(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: SavedReplies) -> None:
    """The form was sent."""
    ack()
    turn = of_form(body, view, context)
    work = partial(replies.save, turn, int(view.get("private_metadata") or 0), dict(filled(view)))
    replies.take(turn, context.bot_token, work)


def schedule_form(channel: str, number: str) -> View:
    """On which day, when and where an answer is posted every week."""
    days = [option(name, str(weekday)) for weekday, name in enumerate(DAYS, start=1)]
    place = ConversationSelectElement(
        action_id="channel",
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        initial_conversation=channel if channel[:1] in ("C", "G") else None,
    )
    day = StaticSelectElement(action_id="day", options=days, initial_option=days[0])
    blocks = [
        field("day", "Every", day, optional=False),
        field("time", "At", TimePickerElement(action_id="time", initial_time="09:00"), optional=False),
        field("channel", "In", place, optional=False, hint="I must be in that channel"),
    ]
    return modal(FORM, "Post every week", blocks, submit="Schedule", carries=number)


def _when(question: Saved) -> str:
    at = f"{question.minute // 60}:{question.minute % 60:02}"
    return f"every {DAYS[question.weekday - 1]} {at} ({question.zone}) in <#{question.channel}>"
