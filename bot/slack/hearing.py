"""Listens for a press, whether it has a button of its own or stands in a menu."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.slack.blocks.menu import MORE, as_button


def hear(app: App, pattern: str, listener: Callable[..., None]) -> None:
    """Listen for the presses whose action_id fits a pattern, on buttons and in menus."""
    fits = re.compile(pattern)

    def chosen(action: dict[str, Any]) -> bool:
        return fits.fullmatch(as_button(action)["action_id"]) is not None

    app.action(re.compile(f"^(?:{pattern})$"))(listener)
    app.action(MORE, matchers=[chosen])(listener)
