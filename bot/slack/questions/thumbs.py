"""Two thumbs under an answer, what a press on them says, and the form that asks what was wrong."""

from __future__ import annotations

from collections.abc import Mapping

from slack_sdk.models.blocks import (
    Block,
    ContextActionsBlock,
    FeedbackButtonsElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.blocks.basic_components import FeedbackButtonObject
from slack_sdk.models.views import View

from bot.slack.blocks.inputs import field, modal, number_in, option
from bot.slack.blocks.parts import MadeBlock

FEEDBACK, FORM = "feedback", "feedback:form"
THUMBS = ("up", "down")
WRONG = (
    "It read my question wrongly",
    "A figure is wrong",
    "Another period or another group was meant",
    "It is hard to understand",
    "Something else",
)
LONGEST = 1_000
NOTED_UP = "Noted: a good answer. Thank you."
NOTED = (
    "Noted. Whoever runs Fulcrum finds your question and what you say about its answer by `fulcrum misread`; "
    "the figures are not kept."
)
NOT_YOURS = "Only who asked can rate an answer. Ask it yourself, and rate what you get."


def thumbs(number: int) -> Block:
    """The buttons for the answer to the question with this number."""
    buttons = FeedbackButtonsElement(
        action_id=FEEDBACK,
        positive_button=_button("Good answer", "up", number),
        negative_button=_button("Bad answer", "down", number),
    )
    return MadeBlock(ContextActionsBlock(elements=[buttons]).to_dict())


def read(value: str) -> tuple[int, str] | None:
    """The question's number and the thumb; None for a value that is not ours."""
    thumb, _, number = value.partition(":")
    found = number_in(number)
    return (found, thumb) if thumb in THUMBS and found else None


def wrong_form(number: int) -> View:
    """Asks what was wrong with an answer."""
    kinds = RadioButtonsElement(action_id="kind", options=[option(kind, kind) for kind in WRONG])
    words = PlainTextInputElement(action_id="words", multiline=True, max_length=LONGEST)
    blocks = [
        field("kind", "What was wrong?", kinds, optional=False),
        field("words", "What should it have said?", words, optional=True, hint="Without anybody's figures, please"),
    ]
    return modal(FORM, "A bad answer", blocks, submit="Send", carries=str(number))


def complaint(fields: Mapping[str, str]) -> str:
    """What the form says, in one line."""
    return ": ".join(filter(None, (fields.get("kind", ""), " ".join(fields.get("words", "").split()))))


def _button(text: str, thumb: str, number: int) -> FeedbackButtonObject:
    return FeedbackButtonObject(text=PlainTextObject(text=text), value=f"{thumb}:{number}")
