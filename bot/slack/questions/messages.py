"""Direct messages, and replies in threads that the bot answered in before."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext

from bot.slack.api.text import first_mentioned, mentions
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.turn import of_message, own_id

# An edit, a join or a topic is no question; a file or a reply that is also shown in the channel may hold one.
SPOKEN = frozenset({None, "file_share", "thread_broadcast"})


def register(app: App, conversations: Conversations) -> None:
    """Listen for messages of every subtype: one without a listener would be delivered again and again."""
    app.event("message")(partial(message, conversations=conversations))


def message(event: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations) -> None:
    """`and Support?` in a thread, or anything in a direct message."""
    own = own_id(body, context)
    if from_a_person(event, own) and (where := _where(event, own)):
        conversations.take(of_message(event, body, context, where), context.bot_token)


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
