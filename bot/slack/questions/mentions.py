"""`@Fulcrum …` in a channel, answered in its thread."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import App, BoltContext

from bot.slack.questions.conversation import Conversations
from bot.slack.questions.messages import from_a_person
from bot.slack.questions.turn import of_message, own_id


def register(app: App, conversations: Conversations) -> None:
    """Listen for mentions."""
    app.event("app_mention")(partial(mention, conversations=conversations))


def mention(event: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations) -> None:
    """`@Fulcrum tokens per employee last month`."""
    if from_a_person(event, own_id(body, context)):
        conversations.take(of_message(event, body, context, "mention"), context.bot_token)
