"""What Slack checks of a modal or of App Home."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.preview.checks.blocks import problems
from bot.preview.checks.values import MAX_ID, Data, plain

MAX_METADATA = 3_000
MAX_BYTES = 250_000


def view_problems(view: Any, kind: str) -> list[str]:
    """Everything wrong with a view that should be of this kind: "modal" or "home"."""
    if not isinstance(view, dict) or view.get("type") != kind:
        return [f"the view must be of type {kind}"]
    found = problems(view.get("blocks"), surface=kind)
    found += _frame(view, kind)
    return found


def too_large(view: Data) -> bool:
    """Whether Slack answers `view_too_large`."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > MAX_BYTES


def _frame(view: Data, kind: str) -> Iterator[str]:
    for name, limit in (("private_metadata", MAX_METADATA), ("callback_id", MAX_ID), ("external_id", MAX_ID)):
        if len(str(view.get(name) or "")) > limit:
            yield f"{name} has more than {limit} characters"
    if kind == "home":
        return
    yield from plain(view.get("title"), 24, "title")
    for name in ("submit", "close"):
        if view.get(name) is not None:
            yield from plain(view[name], 24, name)
    asks = any(block.get("type") == "input" for block in view.get("blocks") or [] if isinstance(block, dict))
    if asks and not view.get("submit"):
        yield "a view with inputs needs submit"
