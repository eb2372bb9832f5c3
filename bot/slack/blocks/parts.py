"""The small nouns of Block Kit, and the limits Slack sets on them; read this before any builder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    HeaderBlock,
    InteractiveElement,
    PlainTextObject,
)

from bot.text import ELLIPSIS, clean, cut, lines, split, unbroken

MAX_BLOCKS = 50
MAX_CHARACTERS = 12_000  # over all blocks as JSON; undocumented, refusals start near 13,200
MAX_SECTION = 3_000
MAX_FIELD = 2_000
MAX_HEADER = 150
MAX_TEXT = 4_000  # of the top-level text: notification, screen reader and fallback
MAX_LABEL = 75  # of a button or an option
MAX_VALUE = 2_000
MAX_BUTTONS = 25
MAX_ID = 255
MAX_CONTEXT = 1_500  # our own: small print that nobody reads is no receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One Slack message: `text` always filled, `rich` with the newer blocks, `plain` for where those are refused."""

    text: str
    rich: tuple[Block, ...] = ()
    plain: tuple[Block, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is kept until it is sent."""
        return {"text": self.text, "rich": as_json(self.rich), "plain": as_json(self.plain)}


class MadeBlock(Block):
    """A block by its JSON, which the SDK would make, and check, each time that it is weighed and when it is sent."""

    def __init__(self, made: dict[str, Any]) -> None:
        super().__init__(type=made["type"], block_id=made.get("block_id"))
        self._made = made

    def to_dict(self, *_: Any) -> dict[str, Any]:
        """The JSON; whoever gets it leaves it as it is."""
        return self._made


def as_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """The blocks as Slack takes them."""
    return [block.to_dict() for block in blocks]


def section(text: str) -> Block:
    """A paragraph; `text` is escaped already."""
    return MadeBlock({"type": "section", "text": _markup(text, MAX_SECTION)})


def sections(text: str) -> list[Block]:
    """As many paragraphs as the text, escaped already, needs."""
    return [section(piece) for piece in split(text, MAX_SECTION)]


def fields(texts: Iterable[str]) -> Block:
    """Short texts side by side, each escaped already."""
    return MadeBlock({"type": "section", "fields": [_markup(text, MAX_FIELD) for text in texts]})


def code(text: str) -> list[Block]:
    """Preformatted lines, escaped already, in as many paragraphs as they need."""
    fence = "```"
    return [section(f"{fence}\n{piece}\n{fence}") for piece in lines(text, MAX_SECTION - 2 * len(fence) - 2)]


def header(text: str) -> Block:
    """A heading, as it is written."""
    return HeaderBlock(text=label(text, MAX_HEADER))


def context(text: str) -> Block:
    """Small print; `text` is escaped already."""
    return MadeBlock({"type": "context", "elements": [_markup(text, MAX_CONTEXT)]})


def label(text: str, limit: int = MAX_LABEL) -> PlainTextObject:
    """Plain text, in which nothing needs escaping and which must not be empty."""
    return PlainTextObject(text=cut(clean(text), limit) or ELLIPSIS, emoji=False)


def button(text: str, value: str, action_id: str) -> ButtonElement:
    """A button that says `text` and sends `value`."""
    return ButtonElement(action_id=action_id, text=label(text), value=value)


def actions(buttons: Sequence[InteractiveElement], block_id: str = "") -> Block:
    """A row of buttons."""
    return MadeBlock(ActionsBlock(elements=buttons[:MAX_BUTTONS], block_id=cut(block_id, MAX_ID) or None).to_dict())


def weight(blocks: Iterable[Block]) -> int:
    """What blocks count against `MAX_CHARACTERS`: how Slack counts is unknown, so all of their JSON."""
    return sum(map(size, as_json(blocks)))


def size(value: object) -> int:
    """The length of a value as JSON, with the comma behind it."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) + 1


def _markup(text: str, limit: int) -> dict[str, Any]:
    """`verbatim` keeps Slack from making links of names in it."""
    return {"type": "mrkdwn", "text": cut(unbroken(text), limit), "verbatim": True}
