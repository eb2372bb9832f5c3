"""What Slack sends an app, as it sends it: events, commands, presses and submissions, encoded and signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from bot.preview.slack import APP, BOT_USER, TEAM

Data = dict[str, Any]
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def event(inner: Data, event_id: str, **more: Any) -> Data:
    """An event in its wrapping; `authorizations` names the bot."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": APP,
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "enterprise_id": None, "user_id": BOT_USER, "is_bot": True}],
        "event": inner,
        **more,
    }


def command(word: str, text: str, user: str, channel: str, hook: str, trigger: str) -> Data:
    """`/word text`, typed in a channel."""
    return {
        "command": word,
        "text": text,
        "user_id": user,
        "channel_id": channel,
        "team_id": TEAM,
        "team_domain": "preview",
        "api_app_id": APP,
        "response_url": hook,
        "trigger_id": trigger,
    }


def interaction(kind: str, user: str, **more: Any) -> Data:
    """A press, a submission or a closed view."""
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "preview"},
        "user": {"id": user, "team_id": TEAM},
        "api_app_id": APP,
        **more,
    }


def encode(data: Data) -> tuple[str, str]:
    """The body and its content type, as Slack encodes this kind of request."""
    kind = data.get("type")
    if kind in {"event_callback", "url_verification"}:
        return json.dumps(data), JSON
    if kind:
        return urlencode({"payload": json.dumps(data)}), FORM
    return urlencode(data), FORM


def headers(raw: str, kind: str, secret: str, at: str | None = None) -> dict[str, str]:
    """The headers Slack signs with; `at` is the timestamp, now where it is None."""
    stamp = at if at is not None else str(int(time.time()))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:{raw}".encode(), hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
