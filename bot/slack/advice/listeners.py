"""The advice in Slack: `/leverage workflows | offload | workflow NAME`, the buttons of its cards, and its forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.advice.forms import wrong_fields, wrong_workflow
from bot.slack.advice.blocks import ADD, APPROVE, REVIEW, VALUES, workflow_in
from bot.slack.advice.forms import (
    ADD_FORM,
    APPROVE_FORM,
    REVIEW_FORM,
    VALUES_FORM,
    approve_form,
    carried,
    filled,
    review_form,
    values_form,
)
from bot.slack.advice.replies import AdviceReplies, Form
from bot.slack.api.text import plain
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.questions.turn import of_button, of_command, of_form

SHORTCUT = "offload_message"  # its callback_id in the manifest
WORDS = ("workflows", "workflow", "offload")
FORMS = re.compile(rf"^(?:{VALUES}|{ADD}|{REVIEW}|{APPROVE})(?::\w+)?$")
PRESSES = re.compile(r"^advice:(accept|later|not_useful|reason|decline)(?::\d+)?$")


def register(app: App, replies: AdviceReplies) -> None:
    """Listen for our words of the command, the buttons and the forms; register it before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))
    app.action(PRESSES)(partial(pressed, replies=replies))
    app.action(FORMS)(partial(form_asked, replies=replies))
    app.shortcut({"type": "message_action", "callback_id": SHORTCUT})(partial(described, replies=replies))
    app.view(VALUES_FORM)(partial(values_sent, replies=replies))
    app.view(ADD_FORM)(partial(workflow_sent, replies=replies))
    app.view(REVIEW_FORM)(partial(review_sent, replies=replies))
    app.view(APPROVE_FORM)(partial(approval_sent, replies=replies))


def is_ours(command: Mapping[str, Any]) -> bool:
    """Whether what follows /leverage is about workflows; "workflows by cost" is a question."""
    words = words_after(command)
    return bool(words) and words[0] in WORDS and words[1:2] != ["by"]


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """`/leverage workflow contract review`."""
    ack()
    word, _, rest = " ".join(str(command.get("text") or "").split()).partition(" ")
    replies.command(of_command(command, body, context), context.bot_token, word.lower(), rest)


def pressed(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """A press on "Accept" or "Decline"."""
    ack()
    kind = str(action.get("action_id") or "").split(":")[1]
    about = workflow_in(str(action.get("value") or ""))
    replies.press(of_button(action, body, context), context.bot_token, kind, about)


def form_asked(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """A press on "Put the true values in", "Add a workflow", "Write the review" or "Approve execute"."""
    ack()
    about = workflow_in(str(action.get("value") or ""))
    workflow = about.get("workflow", "")
    forms: dict[str, Form] = {
        VALUES: lambda now: values_form(workflow, now),
        REVIEW: lambda _: review_form(workflow),
        APPROVE: lambda _: approve_form(workflow, about.get("to", "")),
    }
    asked = ":".join(str(action.get("action_id")).split(":")[:2])
    turn, trigger = of_button(action, body, context), str(body.get("trigger_id") or "")
    if asked in forms:
        replies.open_form(turn, context.bot_token, trigger, workflow, forms[asked], decides=asked != VALUES)
    else:
        replies.open_entry(turn, context.bot_token, trigger)


def described(
    ack: Ack, shortcut: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """ "Could this be offloaded?" on a message: a new workflow, begun with what the message says; nothing is kept
    before somebody sends the form."""
    ack()
    said = plain(str((shortcut.get("message") or {}).get("text") or ""), "", lambda _: "somebody")
    turn, trigger = of_button(shortcut, body, context), str(body.get("trigger_id") or "")
    replies.open_entry(turn, context.bot_token, trigger, said)


def values_sent(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """True values; what is wrong with one is said beside its field."""
    fields = filled(view)
    if wrong := wrong_fields(fields):
        ack(response_action="errors", errors=wrong)
        return
    ack()
    replies.values(of_form(body, view, context), context.bot_token, carried(view).get("workflow", ""), fields)


def workflow_sent(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """A new workflow likewise."""
    fields, turn = filled(view), of_form(body, view, context)
    if wrong := wrong_workflow(fields) or replies.wrong_entry(turn, context.bot_token, fields):
        ack(response_action="errors", errors=wrong)
        return
    ack()
    replies.add(turn, context.bot_token, fields)


def review_sent(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """The review of a severe failure."""
    ack()
    text = filled(view).get("review", "")
    replies.review(of_form(body, view, context), context.bot_token, carried(view).get("workflow", ""), text)


def approval_sent(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: AdviceReplies
) -> None:
    """An owner's approval, with its scope and expiry."""
    if wrong := replies.wrong_approval(of_form(body, view, context), carried(view), filled(view)):
        ack(response_action="errors", errors=wrong)
        return
    ack()
    replies.approve(of_form(body, view, context), context.bot_token, carried(view), filled(view))
