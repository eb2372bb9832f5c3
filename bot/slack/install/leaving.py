"""The app was taken out of a workspace: where it has one token alone, there is nothing to forget."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App

log = logging.getLogger(__name__)


def register(app: App) -> None:
    """Listen, so that Slack does not say it again and again."""
    for event in ("app_uninstalled", "tokens_revoked"):
        app.event(event)(gone)


def gone(event: dict[str, Any]) -> None:
    """Say it in the log: from now on every call is refused."""
    log.warning("Slack says %s: the bot's token is no longer good", event.get("type"))
