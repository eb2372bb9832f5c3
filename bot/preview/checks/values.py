"""The small values all blocks are made of: texts, options, confirmations, and their limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Data = dict[str, Any]

MAX_ID = 255
PLAIN = frozenset({"plain_text"})
ANY_TEXT = frozenset({"plain_text", "mrkdwn"})


def text(value: Any, limit: int, kinds: frozenset[str] = ANY_TEXT, name: str = "text") -> Iterator[str]:
    """A text object of 1 to `limit` characters."""
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield f"{name} must be a text object of {' or '.join(sorted(kinds))}"
    else:
        yield from string(value.get("text"), limit, name)


def plain(value: Any, limit: int, name: str = "text") -> Iterator[str]:
    """A plain text object."""
    yield from text(value, limit, PLAIN, name)


def string(value: Any, limit: int, name: str) -> Iterator[str]:
    """A string of 1 to `limit` characters."""
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        yield f"{name} must have 1 to {limit} characters"


def count(value: Any, least: int, most: int, name: str) -> Iterator[str]:
    """A list of `least` to `most` things."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        yield f"{least} to {most} {name} are needed"


def some(value: Any) -> list[Data]:
    """The objects in what should be a list of them."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def one_of(value: Any, allowed: Sequence[str], name: str) -> Iterator[str]:
    """One of a few words, or nothing."""
    if value is not None and value not in allowed:
        yield f"{name} must be one of {', '.join(allowed)}"


def options(value: Any, most: int, kinds: frozenset[str] = PLAIN) -> Iterator[str]:
    """The options of a select, a menu, radio buttons or checkboxes."""
    yield from count(value, 1, most, "options")
    for option in some(value):
        yield from text(option.get("text"), 75, kinds, "an option's text")
        yield from string(option.get("value"), 150, "an option's value")
        if "description" in option:
            yield from text(option["description"], 75, kinds, "an option's description")


def confirm(value: Data) -> Iterator[str]:
    """The question before an action."""
    yield from plain(value.get("title"), 100, "a confirmation's title")
    yield from text(value.get("text"), 300, name="a confirmation's text")
    yield from plain(value.get("confirm"), 30, "a confirmation's yes")
    yield from plain(value.get("deny"), 30, "a confirmation's no")
    yield from one_of(value.get("style"), ("primary", "danger"), "a confirmation's style")
