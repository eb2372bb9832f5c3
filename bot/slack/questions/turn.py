"""One thing somebody said to the bot, whatever way it came in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import BoltContext

from bot.slack.blocks.inputs import number_in
from bot.slack.blocks.menu import as_button


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What was said, by whom and where.

    claim      the key under which it is answered once, whichever of Slack's deliveries comes first
    thread_ts  the thread it is answered in, "" where there is none (a slash command)
    whisper    whether the asker alone gets the answer, whatever the conversation
    overheard  whether it was not addressed to the bot: only a thread that the bot answered in makes it a question
    following  the step from the answer with this `number` that was pressed, "" for what was said in words
    offset     how many of its rows were shown before
    org_wide   whether the token is one of a whole organisation, so that calls must name the workspace
    """

    team: str
    enterprise: str
    user: str
    channel: str
    text: str
    claim: str
    where: str
    own_id: str = ""
    thread_ts: str = ""
    response_url: str = ""
    whisper: bool = False
    overheard: bool = False
    org_wide: bool = False
    following: str = ""
    number: int = 0
    offset: int = 0

    @property
    def direct(self) -> bool:
        """Whether it was said in a conversation with the bot alone."""
        return self.channel.startswith("D")

    @property
    def begins(self) -> bool:
        """Whether its message begins a conversation rather than replies in one."""
        return self.claim == f"message:{self.channel}:{self.thread_ts}"

    @property
    def thread(self) -> str | None:
        """What keeps the conversation together."""
        return f"{self.channel}:{self.thread_ts}" if self.thread_ts else None


def of_message(event: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext, where: str) -> Turn:
    """A mention, a direct message or a reply in a thread; a mention that also comes as a message has the same claim."""
    channel, ts = str(event["channel"]), str(event["ts"])
    return Turn(
        team=_team(body, context),
        enterprise=context.enterprise_id or "",
        org_wide=bool(context.is_enterprise_install),
        user=str(event["user"]),
        channel=channel,
        text=str(event.get("text") or ""),
        claim=f"message:{channel}:{ts}",
        where=where,
        own_id=own_id(body, context),
        thread_ts=str(event.get("thread_ts") or ts),
        overheard=where == "thread",
    )


def of_command(command: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext) -> Turn:
    """A slash command; Slack sends it once, so a second one with its trigger is somebody's replay."""
    return Turn(
        team=_team(body, context),
        enterprise=context.enterprise_id or "",
        org_wide=bool(context.is_enterprise_install),
        user=str(command["user_id"]),
        channel=str(command["channel_id"]),
        text=str(command.get("text") or ""),
        claim=f"command:{command.get('trigger_id') or _digest(command)}",
        where="command",
        own_id=own_id(body, context),
        response_url=str(command.get("response_url") or ""),
        whisper=True,
    )


def of_button(action: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext) -> Turn:
    """A pressed option: its question, asked by who pressed, where the button stands."""
    action = as_button(action)
    container = body.get("container") or {}
    message = body.get("message") or {}
    hidden = bool(container.get("is_ephemeral"))
    channel = str(container.get("channel_id") or (body.get("channel") or {}).get("id") or "")
    thread = container.get("thread_ts") or message.get("thread_ts") or _carried(action) or message.get("ts") or ""
    return Turn(
        team=_team(body, context),
        enterprise=context.enterprise_id or "",
        org_wide=bool(context.is_enterprise_install),
        user=str(body["user"]["id"]),
        channel=channel,
        text=_entities(str(action.get("value") or "")),
        claim=f"button:{action.get('action_ts') or _digest(action)}:{body['user']['id']}",
        where="button",
        own_id=own_id(body, context),
        thread_ts=str(thread),
        response_url=str(body.get("response_url") or "") if hidden else "",
        whisper=hidden,
    )


def of_step(action: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext) -> Turn:
    """A pressed step from an answer; its value is the number of the question that was answered."""
    action = as_button(action)
    number, _, offset = str(action.get("value") or "").partition(":")
    return replace(
        of_button(action, body, context),
        text="",
        where="step",
        following=str(action.get("action_id") or "").partition(":")[2],
        number=_count(number),
        offset=_count(offset),
    )


def of_home(action: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext, channel: str) -> Turn:
    """A question pressed on Home, answered in `channel`, the asker's conversation with the bot."""
    pressed = of_button(action, body, context)
    claim = pressed.claim.replace("button:", "home:", 1)
    return replace(pressed, channel=channel, claim=claim, where="home", thread_ts="", response_url="", whisper=False)


def of_form(body: Mapping[str, Any], view: Mapping[str, Any], context: BoltContext) -> Turn:
    """A form has no place: its answer goes to who sent it, directly."""
    user = str(body["user"]["id"])
    return Turn(
        team=_team(body, context),
        enterprise=context.enterprise_id or "",
        org_wide=bool(context.is_enterprise_install),
        user=user,
        channel=user,
        text="",
        claim=f"form:{view.get('id')}:{view.get('hash')}",
        where="form",
        own_id=own_id(body, context),
        whisper=True,
    )


def of_question_form(body: Mapping[str, Any], view: Mapping[str, Any], context: BoltContext, text: str) -> Turn:
    """A question written into a form, answered directly."""
    return replace(of_form(body, view, context), text=_entities(text), where="shortcut")


def own_id(body: Mapping[str, Any], context: BoltContext) -> str:
    """The bot's own user id: every event says it, for the rest the token was asked."""
    installs = body.get("authorizations") or []
    said = next((install.get("user_id") for install in installs if install.get("is_bot")), None)
    return str(said or context.bot_user_id or "")


def _team(body: Mapping[str, Any], context: BoltContext) -> str:
    return str(context.team_id or body.get("team_id") or "")


def _carried(action: Mapping[str, Any]) -> str:
    return str(action.get("block_id") or "").partition(":")[2]


def _count(digits: str) -> int:
    return number_in(digits)


def _entities(text: str) -> str:
    # A button's value is our own words, not Slack's: what looks like an escape there is one of the person's characters.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _digest(what: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dict(what), sort_keys=True, default=str).encode()).hexdigest()
