"""The global shortcut "Ask Fulcrum": a form with one field, whose question is answered to who asked alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk.models.blocks import PlainTextInputElement
from slack_sdk.models.views import View

from bot.questions.limits import MAX_QUESTION
from bot.slack.blocks.inputs import field, modal
from bot.slack.blocks.parts import label
from bot.slack.leverage_words import EXAMPLES
from bot.slack.questions.conversation import Conversations
from bot.slack.questions.turn import of_question_form

SHORTCUT = "ask_fulcrum"  # its callback_id in the manifest
QUESTION_FORM = "ask:form"
QUESTION = "question"
LONGEST = min(MAX_QUESTION, 3_000)  # what Slack lets a field hold


def register(app: App, conversations: Conversations) -> None:
    """Listen for the shortcut and for what was asked."""
    app.shortcut({"type": "shortcut", "callback_id": SHORTCUT})(partial(chosen, conversations=conversations))
    app.view(QUESTION_FORM)(partial(asked, conversations=conversations))


def question_form() -> View:
    """One field for a question in plain words."""
    element = PlainTextInputElement(
        action_id=QUESTION, placeholder=label(EXAMPLES[0]), max_length=LONGEST, multiline=False
    )
    hint = "The answer comes to you alone, in your messages with the app."
    wanted = field(QUESTION, "Your question", element, optional=False, hint=hint)
    return modal(QUESTION_FORM, "Ask Fulcrum", [wanted], submit="Ask", carries="")


def chosen(ack: Ack, shortcut: Mapping[str, Any], context: BoltContext, conversations: Conversations) -> None:
    """The shortcut was chosen: the form opens at once, since its trigger lives for three seconds."""
    ack()
    conversations.presses.open_view(context.bot_token, str(shortcut.get("trigger_id") or ""), question_form())


def asked(
    ack: Ack, body: Mapping[str, Any], view: Mapping[str, Any], context: BoltContext, conversations: Conversations
) -> None:
    """The question, answered in the asker's conversation with the app."""
    ack()
    said = (view["state"]["values"].get(QUESTION, {}).get(QUESTION) or {}).get("value") or ""
    conversations.take(of_question_form(body, view, context, str(said)), context.bot_token)
