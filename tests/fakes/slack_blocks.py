"""What Slack checks of a message's blocks, and what it cannot know: that a text was escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.preview.checks import problems as slacks
from bot.preview.checks import too_long
from bot.preview.checks.blocks import words

__all__ = ["problems", "too_long", "unescaped", "words"]

CHANNEL = re.compile(r"<#[CG][A-Z0-9]+>")
Block = dict[str, Any]


def problems(blocks: Sequence[Block], refused: frozenset[str] = frozenset()) -> list[str]:
    """Everything wrong with the blocks; `refused` are types this workspace does not have yet."""
    return slacks(list(blocks), refused) or unescaped(blocks)


def unescaped(blocks: Any) -> list[str]:
    """Nothing here makes links or mentions but of channels, so that every other angle bracket is somebody's text gone
    through unescaped."""
    return [
        f"an unescaped entity in {text[:80]!r}" for text in _mrkdwn(blocks) if set("<>") & set(CHANNEL.sub("", text))
    ]


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield str(value.get("text", ""))
        for inner in value.values():
            yield from _mrkdwn(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _mrkdwn(inner)
