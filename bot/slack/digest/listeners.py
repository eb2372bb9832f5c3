"""Digests in Slack: the form that subscribes, `/leverage digest …`, and the buttons of the one action."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack.blocks.inputs import carried
from bot.slack.digest import blocks
from bot.slack.digest.clock import DigestClock, digest_replies
from bot.slack.digest.replies import DigestReplies, Press, Who
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.tools import Tools

log = logging.getLogger(__name__)

WORDS = ("subscribe", "unsubscribe", "digest")


def register(app: App, replies: DigestReplies) -> None:
    """Listen for the form, the buttons and our words of the command; register it before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))
    app.view(blocks.CALLBACK)(partial(submitted, replies=replies))
    app.action(blocks.RHYTHM)(partial(rhythm, replies=replies))
    app.action(blocks.PAUSE)(partial(paused, replies=replies))
    app.action(re.compile(rf"^{blocks.CHOICE}:[a-z ]+$"))(partial(pressed, replies=replies))


def attach(clock: DigestClock) -> Callable[[App, Tools, Executor], None]:
    """What registers the digests' listeners on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        workspace_for = tools.services.workspace_for
        register(app, digest_replies(clock, tools.clients, tools.people, tools.poster, pool, workspace_for))

    return to


def is_ours(command: Mapping[str, Any]) -> bool:
    """Whether what follows /leverage is about digests."""
    words = words_after(command)
    return bool(words) and words[0] in WORDS


def leverage(
    ack: Ack, command: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext, replies: DigestReplies
) -> None:
    """`/leverage subscribe | unsubscribe [TEAM] | digest preview [TEAM] | digest now`."""
    ack()
    who = _who(
        body, context, str(command["user_id"]), str(command["channel_id"]), str(command.get("response_url") or "")
    )
    word, _, rest = " ".join(str(command.get("text") or "").split()).partition(" ")
    if word.lower() == "subscribe":
        replies.open_form(who, str(command["trigger_id"]), direct=rest.lower() == "me")
    elif word.lower() == "unsubscribe":
        replies.submit(replies.unsubscribe, who, rest)
    else:
        verb, _, team = rest.partition(" ")
        replies.submit(replies.now if verb.lower() == "now" else replies.preview, who, team)


def submitted(
    ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], context: BoltContext, replies: DigestReplies
) -> None:
    """The form was sent: what is wrong with it is said beside the field."""
    state = carried(view.get("private_metadata"))
    who = _who(body, context, str(body["user"]["id"]), str(state.get("channel") or ""), str(state.get("hook") or ""))
    held = (view.get("state") or {}).get("values") or {}
    values = {name: _value(next(iter(block.values()), {})) for name, block in held.items()}
    errors = replies.check(who, values)
    if errors:
        ack(response_action="errors", errors=errors)
        return
    ack()
    replies.submit(replies.subscribe, who, values)


def pressed(
    ack: Ack, action: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext, replies: DigestReplies
) -> None:
    """Accept, Not now or Not useful."""
    ack()
    who = _presser(body, context)
    value = carried(action.get("value"))
    choice = str(action.get("action_id") or "").partition(":")[2]
    press = Press(week=str(value.get("week", "")), workflow=str(value.get("workflow", "")), choice=choice)
    replies.submit(replies.choose, who, press)


def rhythm(
    ack: Ack, action: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext, replies: DigestReplies
) -> None:
    """Every second week from now on."""
    ack()
    wanted = carried(action.get("value"))
    if type(wanted.get("subscription")) is int and str(wanted.get("every")) in blocks.RHYTHMS:
        replies.submit(replies.rhythm, _presser(body, context), wanted)


def paused(
    ack: Ack, action: Mapping[str, Any], body: Mapping[str, Any], context: BoltContext, replies: DigestReplies
) -> None:
    """No more of it for now."""
    ack()
    wanted = carried(action.get("value"))
    if type(wanted.get("subscription")) is int:
        replies.submit(replies.pause, _presser(body, context), wanted)


def _presser(body: Mapping[str, Any], context: BoltContext) -> Who:
    container = body.get("container") or {}
    channel = str(container.get("channel_id") or (body.get("channel") or {}).get("id") or "")
    return _who(body, context, str(body["user"]["id"]), channel, str(body.get("response_url") or ""))


def _who(body: Mapping[str, Any], context: BoltContext, user: str, channel: str, hook: str) -> Who:
    return Who(
        slack_team=str(context.team_id or body.get("team_id") or ""),
        user=user,
        channel=channel,
        hook=hook,
        token=context.bot_token or "",
    )


def _value(state: Mapping[str, Any]) -> Any:
    """What stands in a field of the form, whatever kind it is."""
    kind = state.get("type")
    if kind == "checkboxes":
        return [option["value"] for option in state.get("selected_options") or []]
    if kind in ("static_select", "radio_buttons"):
        return (state.get("selected_option") or {}).get("value")
    named = {"conversations_select": "selected_conversation", "timepicker": "selected_time"}
    return state.get(named.get(str(kind), "value"))
