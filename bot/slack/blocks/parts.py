"""The small nouns of Block Kit, and the limits Slack sets on them; read this before any builder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]

MAX_BLOCKS = 50
MAX_CHARACTERS = 12_000  # over all blocks as JSON; undocumented, refusals start near 13,200
MAX_SECTION = 3_000
MAX_TEXT = 4_000  # of the top-level text: notification, screen reader and fallback
MAX_BUTTON = 75
MAX_VALUE = 2_000
MAX_BUTTONS = 25
MAX_ID = 255
MAX_CONTEXT = 1_500  # our own: small print that nobody reads is no receipt

# Entity names come from people's files; Slack would drop or choke on what no screen shows.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
ENTITY = re.compile(r"&(?:a|am|amp|l|lt|g|gt)?$")  # a cut inside &amp;
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One Slack message: `text` always filled, `rich` with the newer blocks, `plain` for where those are refused."""

    text: str
    rich: tuple[Block, ...] = ()
    plain: tuple[Block, ...] = ()


def clean(text: str) -> str:
    """The text without characters that no screen shows."""
    return UNSEEN.sub("", text)


def escape(text: str) -> str:
    """User text, entity names and model text as Slack shows them literally: no mention, link or channel comes of it."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, the last one "…" where something was left out; an escaped character stays whole."""
    if len(text) <= limit:
        return text
    return ENTITY.sub("", text[: limit - 1]).rstrip() + ELLIPSIS


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` characters, broken at a paragraph, line, sentence or word where there is
    one, and never inside an escaped character; joined they hold every word."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        at = _break(rest, limit)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [piece for piece in [*pieces, rest] if piece]


def _break(text: str, limit: int) -> int:
    window = text[:limit]
    for mark in ("\n\n", "\n", ". ", " "):
        at = window.rfind(mark)
        if at > limit // 2:
            return at + len(mark)
    return len(ENTITY.sub("", window)) or limit


def section(text: str) -> Block:
    """A paragraph; `text` is escaped already. `verbatim` keeps Slack from making links of names in it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, MAX_SECTION), "verbatim": True}}


def sections(text: str) -> list[Block]:
    """As many paragraphs as the text, escaped already, needs."""
    return [section(piece) for piece in split(text, MAX_SECTION)]


def code(text: str) -> list[Block]:
    """Preformatted lines, escaped already, in as many paragraphs as they need."""
    fence = "```"
    return [section(f"{fence}\n{piece}\n{fence}") for piece in _lines(text, MAX_SECTION - 2 * len(fence) - 2)]


def _lines(text: str, limit: int) -> list[str]:
    pieces: list[str] = []
    held = ""
    for line in text.splitlines():
        line = cut(line, limit)
        if held and len(held) + 1 + len(line) > limit:
            pieces.append(held)
            held = line
        else:
            held = f"{held}\n{line}" if held else line
    return [*pieces, held] if held else pieces


def context(text: str) -> Block:
    """Small print; `text` is escaped already."""
    words = {"type": "mrkdwn", "text": cut(text, MAX_CONTEXT), "verbatim": True}
    return {"type": "context", "elements": [words]}


def button(label: str, value: str, action_id: str) -> Block:
    """A button; its label is plain text, so nothing in it needs escaping."""
    words = {"type": "plain_text", "text": cut(clean(label), MAX_BUTTON) or ELLIPSIS, "emoji": False}
    return {"type": "button", "action_id": action_id, "text": words, "value": value}


def actions(buttons: Sequence[Block], block_id: str = "") -> Block:
    """A row of buttons."""
    block: Block = {"type": "actions", "elements": list(buttons[:MAX_BUTTONS])}
    return block | ({"block_id": cut(block_id, MAX_ID)} if block_id else {})


def weight(blocks: Iterable[Block]) -> int:
    """What blocks count against `MAX_CHARACTERS`: how Slack counts is unknown, so all of their JSON."""
    return sum(len(json.dumps(block, ensure_ascii=False, separators=(",", ":"))) + 1 for block in blocks)
