"""`/leverage settings` and its button on Home: the form, refused aloud or saved and told to who saved it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk.models.views import View
from sqlalchemy import Engine

from bot.errors import UserError
from bot.logs import cause
from bot.settings import Settings
from bot.settings.workspace import CHANGING, WrongSettings, admins_alone, change, settings_in
from bot.slack.blocks.inputs import notice
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.questions.alone import asker_email, client_of, tell_alone
from bot.slack.questions.blocks import said
from bot.slack.questions.turn import Turn, of_button, of_command, of_form
from bot.slack.settings.form import FORM, OPEN, change_words, changed, form
from bot.slack.tools import Tools
from storage.keep.settings import LoggedChange, latest_changes, read_settings
from storage.load.zones import ZONE, keep_zone

log = logging.getLogger(__name__)

WORD = "settings"
SHOWN_CHANGES = 5
NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class SettingReplies:
    """Reads and writes the settings of whoever's workspace it is; days are cut anew in a pool."""

    tools: Tools
    reading: Engine
    writing: Engine
    settings: Settings
    now: Callable[[], datetime]
    pool: Executor

    def open_form(self, turn: Turn, token: str | None, trigger: str) -> None:
        """Show the form, to an admin alone; its trigger lives for three seconds, so that nothing slow comes before."""
        try:
            view = self._form(self.tools.services.workspace_for(turn.team), asker_email(self.tools, turn, token))
        except UserError as error:
            view = notice("Not for you to change", str(error))
        client_of(self.tools, turn, token).views_open(trigger_id=trigger, view=view)

    def save(self, turn: Turn, token: str | None, given: Mapping[str, str]) -> list[LoggedChange]:
        """Save what was changed; raises WrongSettings, UserError."""
        workspace, by = self.tools.services.workspace_for(turn.team), asker_email(self.tools, turn, token)
        with self.writing.begin() as connection:
            return change(connection, workspace, self.settings, given, by, self.now())

    def follow(self, turn: Turn, token: str | None, changes: list[LoggedChange]) -> None:
        """Tell who saved, and cut days anew where the zone is another one; returns at once."""
        self.pool.submit(self._follow, turn, token, changes)

    def _form(self, workspace: int, email: str) -> View:
        with self.reading.connect() as connection:
            now = settings_in(connection, workspace, self.settings)
            if email not in now.admins:
                raise admins_alone(CHANGING, now.admins)
            changes = latest_changes(connection, workspace, SHOWN_CHANGES)
            return form(now, read_settings(connection, workspace), self.settings, changes)

    def _follow(self, turn: Turn, token: str | None, changes: list[LoggedChange]) -> None:
        words = "\n".join(f"• {change_words(change)}" for change in changes) or NOTHING
        tell_alone(self.tools, turn, token, said(words))
        try:
            if any(change.name == ZONE for change in changes):
                keep_zone(self.writing, self.settings.zone)
        except Exception as error:  # noqa: BLE001  # the next start of a process cuts them
            log.error("days were not cut anew: %s", cause(error))


def attach(
    reading: Engine, writing: Engine, settings: Settings, now: Callable[[], datetime]
) -> Callable[[App, Tools, Executor], None]:
    """What registers the listeners on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        register(app, SettingReplies(tools, reading, writing, settings, now, pool))

    return to


def register(app: App, replies: SettingReplies) -> None:
    """Listen for our word of the command, the button and the form; before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))
    app.action(OPEN)(partial(pressed, replies=replies))
    app.view(FORM)(partial(sent, replies=replies))


def is_ours(command: Mapping[str, Any]) -> bool:
    """Whether the word alone follows /leverage."""
    return words_after(command) == [WORD]


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SettingReplies
) -> None:
    """`/leverage settings`."""
    ack()
    replies.open_form(of_command(command, body, context), context.bot_token, str(command.get("trigger_id") or ""))


def pressed(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: SettingReplies
) -> None:
    """A press on "Settings" on Home."""
    ack()
    replies.open_form(of_button(action, body, context), context.bot_token, str(body.get("trigger_id") or ""))


def sent(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: SettingReplies) -> None:
    """The form was saved: what cannot be meant is said below its field, before the form closes."""
    turn = of_form(body, view, context)
    try:
        changes = replies.save(turn, context.bot_token, changed(view))
    except WrongSettings as error:
        ack(
            response_action="errors", errors={name: f"{why[:1].upper()}{why[1:]}." for name, why in error.wrong.items()}
        )
    except UserError as error:
        ack(response_action="update", view=notice("Not for you to change", str(error)))
    else:
        ack()
        replies.follow(turn, context.bot_token, changes)
