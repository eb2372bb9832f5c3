"""`/leverage privacy`: what is stored about who asks and who looked, an export of it, its erasure; theirs alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from sqlalchemy import Engine

from bot.errors import UserError
from bot.privacy.erasing import erase
from bot.privacy.policy import in_full
from bot.settings import Settings
from bot.settings.workspace import settings_of
from bot.slack.api.files import share, upload
from bot.slack.blocks.parts import Message
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.privacy.blocks import ERASE, EXPORT, FORM, erase_form, privacy_message
from bot.slack.questions.alone import answer_alone, asker_email, client_of
from bot.slack.questions.blocks import said
from bot.slack.questions.turn import Turn, of_button, of_command, of_form
from bot.slack.tools import Tools
from storage.keep.personal import personal_data

WORD = "privacy"
NOT_KNOWN = "Nothing is stored about you: your e-mail address is not on the roster."
SENT = "It is in your messages with me, as a file."
Work = Callable[["PrivacyReplies", Turn, str | None, int], Sequence[Message]]


@dataclass(frozen=True, slots=True)
class PrivacyReplies:
    """Acts on who asked or pressed, never on whom a message was for; in a pool, so that Slack never waits."""

    tools: Tools
    reading: Engine
    writing: Engine
    settings: Settings
    now: Callable[[], datetime]
    pool: Executor

    def take(self, turn: Turn, token: str | None, work: Work) -> None:
        """Returns at once; the answer comes from another thread."""
        self.pool.submit(self._answer, turn, token, work)

    def show(self, turn: Turn, token: str | None, workspace: int) -> Sequence[Message]:
        """The policy in force, and what is stored about who asks."""
        email = asker_email(self.tools, turn, token)
        policy = in_full(settings_of(self.reading, workspace, self.settings))
        with self.reading.connect() as connection:
            return [privacy_message(policy, personal_data(connection, workspace, email))]

    def export(self, turn: Turn, token: str | None, workspace: int) -> Sequence[Message]:
        """All of it as a file, in the conversation with who asked."""
        email, client = asker_email(self.tools, turn, token), client_of(self.tools, turn, token)
        with self.reading.connect() as connection:
            found = personal_data(connection, workspace, email)
        if found is None:
            raise UserError(NOT_KNOWN)
        data = json.dumps(found, ensure_ascii=False, indent=1).encode()
        channel = str(client.conversations_open(users=turn.user)["channel"]["id"])
        file = upload(client, f"fulcrum-{self.now():%Y-%m-%d}.json", data, "All that is stored about you")
        share(client, file, "What is stored about you", channel, "")
        return said(SENT)

    def erase(self, turn: Turn, token: str | None, workspace: int) -> Sequence[Message]:
        """Erase who sent the form."""
        email = asker_email(self.tools, turn, token)
        with self.writing.begin() as connection:
            return said(erase(connection, workspace, email, self.now()))

    def _answer(self, turn: Turn, token: str | None, work: Work) -> None:
        answer_alone(self.tools, turn, token, "privacy", lambda workspace: work(self, turn, token, workspace))


def attach(
    reading: Engine, writing: Engine, settings: Settings, now: Callable[[], datetime]
) -> Callable[[App, Tools, Executor], None]:
    """What registers the listeners on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        register(app, PrivacyReplies(tools, reading, writing, settings, now, pool))

    return to


def register(app: App, replies: PrivacyReplies) -> None:
    """Listen for our words of the command, the buttons and the form; before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))
    app.action(EXPORT)(partial(export_pressed, replies=replies))
    app.action(ERASE)(partial(erase_pressed, replies=replies))
    app.view(FORM)(partial(erase_sent, replies=replies))


def is_ours(command: Mapping[str, Any]) -> bool:
    """Whether "privacy" follows /leverage, alone or with what to do."""
    return words_after(command) in ([WORD], [WORD, "export"], [WORD, "erase"])


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: PrivacyReplies
) -> None:
    """`/leverage privacy | privacy export | privacy erase`."""
    ack()
    turn, words = of_command(command, body, context), words_after(command)
    if words[-1] == "erase":
        _ask(replies, turn, context, str(command.get("trigger_id") or ""))
    else:
        replies.take(turn, context.bot_token, PrivacyReplies.export if words[-1] == "export" else PrivacyReplies.show)


def export_pressed(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: PrivacyReplies
) -> None:
    """A press on "Export it all"."""
    ack()
    replies.take(of_button(action, body, context), context.bot_token, PrivacyReplies.export)


def erase_pressed(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: PrivacyReplies
) -> None:
    """A press on "Erase me…"."""
    ack()
    _ask(replies, of_button(action, body, context), context, str(body.get("trigger_id") or ""))


def erase_sent(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: PrivacyReplies
) -> None:
    """The form was sent: that is the last word."""
    ack()
    replies.take(of_form(body, view, context), context.bot_token, PrivacyReplies.erase)


def _ask(replies: PrivacyReplies, turn: Turn, context: BoltContext, trigger: str) -> None:
    client_of(replies.tools, turn, context.bot_token).views_open(trigger_id=trigger, view=erase_form())
