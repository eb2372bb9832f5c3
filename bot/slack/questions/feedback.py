"""A thumb under an answer: kept with the question, so that whoever runs Fulcrum can see what it misread."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack.questions.conversation import Conversations
from bot.slack.questions.thumbs import FEEDBACK, read


def register(app: App, conversations: Conversations) -> None:
    """Listen for the two thumbs."""
    app.action(FEEDBACK)(partial(thumb, conversations=conversations))


def thumb(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """A press on "Good answer" or "Bad answer"."""
    ack()
    pressed = read(str(action.get("value") or ""))
    if pressed:
        conversations.vote(
            str(body["user"]["id"]), str((body.get("team") or {}).get("id") or ""), context.bot_token, *pressed
        )
