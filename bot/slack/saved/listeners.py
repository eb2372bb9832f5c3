"""*Schedule…* under an answer with its form, `/leverage saved`, and the press that ends a saved question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from sqlalchemy import Engine

from bot.errors import UserError
from bot.questions.answers.answer import Audience, Status
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.whole import whole_question
from bot.slack.advice.forms import filled
from bot.slack.blocks.inputs import notice, number_of
from bot.slack.blocks.menu import as_button
from bot.slack.blocks.parts import Message, section
from bot.slack.hearing import hear
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.questions.alone import answer_alone, asker_email, client_of
from bot.slack.questions.blocks import SCHEDULE, said
from bot.slack.questions.presses import NO_MATH
from bot.slack.questions.turn import Turn, of_button, of_command, of_form
from bot.slack.saved.messages import END, FORM, saved_message, schedule_form, when
from bot.slack.tools import Tools
from bot.text import escape
from storage.keep import audit, saved
from storage.keep.saved import Scheduled

WORD, PLACE = "saved", "saved"
READABLE = {
    "question": re.compile(r".*\S.*", re.DOTALL),
    "channel": re.compile(r"\S+"),
    "day": re.compile("[1-7]"),
    "time": re.compile("([01][0-9]|2[0-3]):[0-5][0-9]"),
}
NO_FIGURES = "Asked like this it has no figures to post. What I answer is: "
YOURS_ALONE = "What it says may not be shown to everybody in a channel."
OTHER_FORM = "This form is of another release. Close it, and press Schedule again."
NOT_IN = "I am not in that channel. Invite me there (/invite), then press Schedule again."
Work = Callable[[int, str], Sequence[Message]]  # for a workspace and who asks


@dataclass(frozen=True, slots=True)
class SavedReplies:
    """Answers in a pool, so that Slack never waits; a form that was sent is checked at once."""

    tools: Tools
    questions: Questions
    writing: Engine
    now: Callable[[], datetime]
    pool: Executor

    def take(self, turn: Turn, token: str | None, work: Work) -> None:
        """Returns at once; the answer comes from another thread."""
        self.pool.submit(
            answer_alone,
            self.tools,
            turn,
            token,
            "saved questions",
            lambda workspace: work(workspace, asker_email(self.tools, turn, token)),
        )

    def show(self, workspace: int, email: str) -> Sequence[Message]:
        """One's own saved questions; for an admin everybody's."""
        admin = self.tools.services.is_admin(workspace, email)
        with self.questions.reading.connect() as connection:
            found = saved.active(connection, workspace, "" if admin else email)
        return [saved_message(found, email)]

    def words_of(self, turn: Turn, token: str | None, number: int) -> str | None:
        """The answer's question in words that ask it alone, "" where it has none; None where it is not kept."""
        workspace = self.tools.services.workspace_for(turn.team)
        with self.questions.reading.connect() as connection:
            text = audit.text_of(connection, workspace, number)
            query = audit.query_of(connection, workspace, number)
        if not text or not query:
            return None
        email = asker_email(self.tools, turn, token)
        request = AskRequest(workspace_id=workspace, text=text, asker_email=email, where=PLACE)
        return whole_question(self.questions, request, query)

    def check(self, turn: Turn, token: str | None, fields: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the fields of the form, by field."""
        if not all(pattern.fullmatch(fields.get(name, "")) for name, pattern in READABLE.items()):
            return {"question": OTHER_FORM}
        wrong: dict[str, str] = {}
        try:
            workspace = self.tools.services.workspace_for(turn.team)
            email = asker_email(self.tools, turn, token)
            asked = fields["question"]
            alone = AskRequest(
                workspace_id=workspace, text=asked, asker_email=email, audience=Audience.MEMBERS, where=PLACE
            )
            answer = self.tools.services.ask(alone)
            if answer.status is not Status.ANSWERED or not (answer.rows or answer.answers):
                wrong["question"] = NO_FIGURES + answer.text
            elif any(part.private for part in (answer, *answer.answers)):
                wrong["question"] = YOURS_ALONE
        except UserError as error:
            wrong["question"] = str(error)
        if not self.tools.audiences.takes_posts(client_of(self.tools, turn, token), fields["channel"]):
            wrong["channel"] = NOT_IN
        return wrong

    def save(self, turn: Turn, fields: Mapping[str, str], workspace: int, email: str) -> Sequence[Message]:
        """Keep it as the form says."""
        hours, minutes = fields["time"].split(":")
        wanted = Scheduled(
            workspace_id=workspace,
            email=email,
            text=fields["question"],
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
        words = f"Scheduled: “{escape(wanted.text)}”, {when(wanted)}. `{COMMAND} {WORD}` lists, runs and ends it."
        return [Message(text=words, rich=(section(words),), plain=(section(words),))]

    def end(self, number: int, workspace: int, email: str) -> Sequence[Message]:
        """End one's own, or as an admin anybody's."""
        admin = self.tools.services.is_admin(workspace, email)
        with self.writing.begin() as connection:
            done = saved.end(connection, workspace, number, "" if admin else email)
        return said("Ended: it is not posted any more." if done else "It is not yours, or it has ended already.")


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
    hear(app, SCHEDULE, partial(pressed_schedule, replies=replies))
    app.action(re.compile(rf"^{END}(?::\d+)?$"))(partial(pressed_end, replies=replies))
    app.view(FORM)(partial(sent, replies=replies))


def is_ours(command: dict[str, Any]) -> bool:
    """Whether our word alone follows /leverage."""
    return words_after(command) == [WORD]


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SavedReplies
) -> None:
    """`/leverage saved`."""
    ack()
    replies.take(of_command(command, body, context), context.bot_token, replies.show)


def pressed_schedule(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SavedReplies
) -> None:
    """Schedule…: the form, with the question in words that ask it alone."""
    ack()
    turn, token, number = of_button(action, body, context), context.bot_token, number_of(as_button(action))
    words = replies.words_of(turn, token, number) if number else None
    view = notice("Post every week", NO_MATH) if words is None else schedule_form(words, turn.channel)
    client_of(replies.tools, turn, token).views_open(trigger_id=str(body["trigger_id"]), view=view)


def pressed_end(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SavedReplies
) -> None:
    """End."""
    ack()
    work = partial(replies.end, number_of(action))
    replies.take(of_button(action, body, context), context.bot_token, work)


def sent(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: SavedReplies) -> None:
    """The form was sent: what is wrong with it is said beside the field."""
    turn, fields = of_form(body, view, context), dict(filled(view))
    wrong = replies.check(turn, context.bot_token, fields)
    if wrong:
        ack(response_action="errors", errors=wrong)
        return
    ack()
    replies.take(turn, context.bot_token, partial(replies.save, turn, fields))
