"""Two thumbs under an answer, and what a press on them says."""

from __future__ import annotations

from slack_sdk.models.blocks import ContextActionsBlock, FeedbackButtonsElement, PlainTextObject
from slack_sdk.models.blocks.basic_components import FeedbackButtonObject

FEEDBACK = "feedback"
THUMBS = ("up", "down")


def thumbs(number: int) -> ContextActionsBlock:
    """The buttons for the answer to the question with this number."""
    buttons = FeedbackButtonsElement(
        action_id=FEEDBACK,
        positive_button=_button("Good answer", "up", number),
        negative_button=_button("Bad answer", "down", number),
    )
    return ContextActionsBlock(elements=[buttons])


def read(value: str) -> tuple[int, str] | None:
    """The question's number and the thumb; None for a value that is not ours."""
    thumb, _, number = value.partition(":")
    return (int(number), thumb) if thumb in THUMBS and number.isascii() and number.isdigit() else None


def _button(text: str, thumb: str, number: int) -> FeedbackButtonObject:
    return FeedbackButtonObject(text=PlainTextObject(text=text), value=f"{thumb}:{number}")
