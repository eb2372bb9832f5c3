"""`/leverage …`, answered to who typed it alone."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack.leverage_words import COMMAND
from bot.slack.questions.conversation import Desk
from bot.slack.questions.turn import of_command


def register(app: App, desk: Desk) -> None:
    """Listen for the one command."""
    app.command(COMMAND)(partial(leverage, desk=desk))


def leverage(ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, desk: Desk) -> None:
    """`/leverage team Platform`."""
    ack()
    desk.take(of_command(command, body, context), context.bot_token)
