"""A pressed option: the reading it stands for, asked by who pressed, where the button is."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack.questions.blocks import ASK
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.turn import of_button


def register(app: App, conversations: Conversations) -> None:
    """Listen for the buttons of options; the pattern names them alone, so that it hides no other action."""
    app.action(re.compile(rf"^{ASK}:\d+$"))(partial(option, conversations=conversations))


def option(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """A press on "Platform (team)"."""
    ack()
    conversations.take(of_button(action, body, context), context.bot_token)
