"""Other people's words made fit to be shown: what no screen shows is dropped, the rest escaped, cut or split."""

from __future__ import annotations

import re

# Entity names come from people's files; Slack would drop or choke on what no screen shows.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
ENTITY = re.compile(r"&(?:a|am|amp|l|lt|g|gt)?$")  # a cut inside &amp;
ELLIPSIS = "…"
WORD_JOINER = "\u2060"  # takes no room, and no line ends at it
LOOSE_MINUS = re.compile(r"−(?=[^\d\s\u2060])")  # before a digit none breaks


def clean(text: str) -> str:
    """The text without characters that no screen shows."""
    return UNSEEN.sub("", text)


def unbroken(text: str) -> str:
    """The text with each minus kept on the line of its figure: browsers may break "−$7" behind the sign."""
    return LOOSE_MINUS.sub(f"−{WORD_JOINER}", text)


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


def lines(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` characters, broken between lines alone; a longer line is cut."""
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


def _break(text: str, limit: int) -> int:
    window = text[:limit]
    for mark in ("\n\n", "\n", ". ", " "):
        at = window.rfind(mark)
        if at > limit // 2:
            return at + len(mark)
    return len(ENTITY.sub("", window)) or limit
