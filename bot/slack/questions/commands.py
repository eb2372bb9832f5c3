"""`/leverage …`, answered to who typed it alone."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack.leverage_words import COMMAND
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.turn import of_command


def register(app: App, conversations: Conversations) -> None:
    """Listen for the one command."""
    app.command(COMMAND)(partial(leverage, conversations=conversations))


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """`/leverage team Platform`."""
    ack()
    conversations.take(of_command(command, body, context), context.bot_token)
