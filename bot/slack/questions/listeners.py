"""Questions in Slack, whatever way they come: mentions, messages, `/leverage …`, pressed options; and the thumbs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.questions.answers.following import LABELS, Following
from bot.slack.advice.forms import filled
from bot.slack.api.text import first_mentioned, mentions
from bot.slack.blocks.inputs import notice, number_of
from bot.slack.hearing import hear
from bot.slack.leverage_words import COMMAND, asks
from bot.slack.questions.blocks import ASK, EXPORT, MATH, ROWS, STEP
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.thumbs import FEEDBACK, FORM, complaint, read
from bot.slack.questions.turn import of_button, of_command, of_form, of_message, of_step, own_id

# An edit, a join or a topic is no question; a file or a reply that is also shown in the channel may hold one.
SPOKEN = frozenset({None, "file_share", "thread_broadcast"})


STEPS = rf"{STEP}:(?:{'|'.join((*LABELS, Following.WATCH, EXPORT, ROWS))})"


def register_first(app: App, conversations: Conversations) -> None:
    """Listen for what comes most, before anybody else: Bolt asks listener after listener whether a request is theirs.

    Messages of every subtype, since one without a listener would be delivered again and again.
    """
    app.use(partial(at_once, conversations=conversations))
    app.event("app_mention")(partial(mention, conversations=conversations))
    app.event("message")(partial(message, conversations=conversations))


def register(app: App, conversations: Conversations) -> None:
    """Listen for the rest, after everybody whose word follows the command."""
    app.command(COMMAND)(partial(leverage, conversations=conversations))
    # The pattern names the buttons of options alone, so that it hides no other action.
    app.action(re.compile(rf"^{ASK}:\d+$"))(partial(option, conversations=conversations))
    app.action(MATH)(partial(math, conversations=conversations))
    hear(app, STEPS, partial(further, conversations=conversations))
    app.action(FEEDBACK)(partial(thumb, conversations=conversations))
    app.view(FORM)(partial(complained, conversations=conversations))


def mention(event: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations) -> None:
    """`@Fulcrum tokens per employee last month` in a channel, answered in its thread."""
    if from_a_person(event, own_id(body, context)):
        conversations.take(of_message(event, body, context, "mention"), context.bot_token)


def message(event: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations) -> None:
    """`and Support?` in a thread that the bot answered in before, or anything in a direct message."""
    own = own_id(body, context)
    if from_a_person(event, own) and (where := _where(event, own)):
        conversations.take(of_message(event, body, context, where), context.bot_token)


def at_once(
    body: dict[str, Any], context: BoltContext, next: Callable[[], None], conversations: Conversations
) -> BoltResponse | None:
    """A question after `/leverage` is taken and acknowledged where it comes in: handing it to a listener would take
    several times as long."""
    if body.get("command") != COMMAND or not asks(str(body.get("text") or "")):
        next()
        return None
    conversations.take(of_command(body, body, context), context.bot_token)
    return BoltResponse(status=200, body="")


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """`/leverage team Platform`, answered to who typed it alone."""
    ack()
    conversations.take(of_command(command, body, context), context.bot_token)


def option(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """A press on "Platform (team)": the reading it stands for, asked by who pressed, where the button is."""
    ack()
    conversations.take(of_button(action, body, context), context.bot_token)


def math(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """A press on "Show the math": definition, reading, days, rows and SQL of the answer that it stands under."""
    ack()
    turn = of_step(action, body, context)
    if turn.number:
        conversations.presses.math(turn, context.bot_token, str(body.get("trigger_id") or ""))


def further(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """A press on a step on from an answer ("Trend"), or on what can be done with it ("Export CSV", "Next rows")."""
    ack()
    conversations.take(of_step(action, body, context), context.bot_token)


def thumb(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """A press on "Good answer" or "Bad answer": kept, so that whoever runs Fulcrum can see what it misread."""
    ack()
    pressed = read(str(action.get("value") or ""))
    if pressed:
        turn, trigger = of_button(action, body, context), str(body.get("trigger_id") or "")
        conversations.presses.vote(turn, context.bot_token, trigger, *pressed)


def complained(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """What was wrong was said: kept, and the form says so."""
    number, words = number_of(view, "private_metadata"), complaint(filled(view))
    said = conversations.presses.complain(of_form(body, view, context), context.bot_token, number, words)
    ack(response_action="update", view=notice("A bad answer", said).to_dict())


def from_a_person(event: Mapping[str, Any], own: str) -> bool:
    """Whether a person said it just now; `own` is the bot's own user."""
    said = event.get("subtype") in SPOKEN and not event.get("bot_id") and not event.get("hidden")
    user = event.get("user")
    return bool(said and user and user != own and event.get("channel") and event.get("ts"))


def _where(event: Mapping[str, Any], own: str) -> str:
    """What kind of message it is, "" for one that is not for the bot."""
    text = str(event.get("text") or "")
    if event.get("channel_type") == "im":
        return "direct message"
    if mentions(text, own):
        return "mention"  # it comes as a mention too; the two have one claim
    speaks_to = first_mentioned(text)
    if not event.get("thread_ts") or not text.strip() or speaks_to:
        return ""
    return "thread"
