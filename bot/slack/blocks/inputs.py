"""The small nouns of forms: a modal, its inputs, their options."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, InputInteractiveElement, Option
from slack_sdk.models.views import View

from bot.errors import UserError
from bot.slack.blocks.parts import label, section
from bot.text import escape

MAX_TITLE = 24
MAX_QUESTION = 150  # our own: what stands above a field
MAX_OPTIONS = 100
OTHER_RELEASE = "That button is of another release. Ask for it anew."
LONGEST_NUMBER = 18  # digits that every database can hold


def carried(value: object) -> dict[str, Any]:
    """What a button or a form carries back; {} for what is none of ours."""
    try:
        found = json.loads(str(value or "{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def carried_texts(value: object, count: int) -> tuple[str, ...]:
    """So many texts that a button carries back. Raises UserError for what is none of ours."""
    try:
        found = json.loads(str(value))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != count or not all(isinstance(text, str) and text for text in found):
        raise UserError(OTHER_RELEASE)
    return tuple(found)


def number_of(carrying: Mapping[str, Any], name: str = "value") -> int:
    """The number that a button, or a form by another name, carries; 0, which is nothing's, for what is none of ours."""
    return number_in(str(carrying.get(name) or ""))


def number_in(text: str) -> int:
    """The number that a text is; 0 where it is none that a store could hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def notice(title: str, text: str) -> View:
    """A modal that only says something: what was asked for could not succeed."""
    return View(type="modal", title=label(title, MAX_TITLE), close=label("Close"), blocks=[section(escape(text))])


def modal(callback_id: str, title: str, blocks: Sequence[Block], *, submit: str, carries: str) -> View:
    """A form; `carries` comes back with what was filled in."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=label(title, MAX_TITLE),
        submit=label(submit, MAX_TITLE),
        close=label("Cancel"),
        private_metadata=carries,
        blocks=blocks,
    )


def field(name: str, question: str, element: InputInteractiveElement, *, optional: bool, hint: str = "") -> InputBlock:
    """One field of a form, read back by its name; `hint` stands below it."""
    return InputBlock(
        block_id=name,
        label=label(question, MAX_QUESTION),
        element=element,
        optional=optional,
        hint=label(hint, MAX_QUESTION) if hint else None,
    )


def option(text: str, value: str) -> Option:
    """One of the values to choose from."""
    return Option(text=label(text), value=value)
