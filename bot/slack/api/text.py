"""What a person wrote, out of what Slack sends: entities become words, escapes become characters."""

from __future__ import annotations

import re
from collections.abc import Callable

ENTITY = re.compile(r"<([^<>]*)>")
BROADCAST = {"here": "here", "channel": "channel", "everyone": "everyone"}

# Somebody who is copied in, or who asked for the figure, is nobody whose figure is asked for.
_PEOPLE = r"<@[^<>]*>(?:(?: ?[,/&+]| and) ?<@[^<>]*>)*"
COPIED = re.compile(rf"[(\[]? ?/?\b(?:cc|fyi|ping|copying|looping in)\b[:,]? {_PEOPLE} ?[)\]]?", re.IGNORECASE)
BEHIND = re.compile(
    rf"{_PEOPLE} (?:asked|asks|is asking|wants|wanted|needs|needed|requested)(?: me| us)?(?: for)?"
    r" (?:it|this|that|these)\b",
    re.IGNORECASE,
)

Name = Callable[[str], str]  # a user's id -> their e-mail or name, "" where unknown


def mentions(text: str, user: str) -> bool:
    """Whether the text names this user."""
    return bool(user) and any(_user(entity) == user for entity in ENTITY.findall(text))


def first_mentioned(text: str) -> str:
    """The id of the user whom the text speaks to by beginning with them, or ""."""
    match = ENTITY.match(text.lstrip())
    return _user(match.group(1)) if match else ""


def plain(text: str, own_id: str, name_of: Name) -> str:
    """The words of a message: our own mention goes, another user's becomes their e-mail or name, a channel is the team
    that it is called after; who is merely copied in is left out."""
    for aside in (COPIED, BEHIND):
        text = aside.sub(lambda match: " " if own_id not in match.group() else match.group(), text)

    def words(match: re.Match[str]) -> str:
        entity = match.group(1)
        user = _user(entity)
        if not user:
            return _other(entity)
        return " " if user == own_id else name_of(user) or _label(entity) or "someone"

    told = ENTITY.sub(words, text)
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):  # the ampersand last
        told = told.replace(escaped, character)
    return " ".join(told.split())


def _user(entity: str) -> str:
    return entity[1:].partition("|")[0] if entity[:1] == "@" else ""


def _label(entity: str) -> str:
    return entity.partition("|")[2].lstrip("@#")


def _other(entity: str) -> str:
    """A channel, a user group, a date or a link: what the reader of the message sees of it."""
    target = entity.partition("|")[0]
    if target.startswith("!subteam^"):
        return _label(entity) or f"team {target.partition('^')[2]}"
    if target.startswith("!"):
        return _label(entity) or BROADCAST.get(target[1:], "")
    if target.startswith("#"):
        return f"team {_label(entity) or target[1:]}"
    return _label(entity) or target.removeprefix("mailto:")
