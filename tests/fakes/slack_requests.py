"""What Slack sends, as it sends it: events, commands and presses, signed."""

from __future__ import annotations

from itertools import count
from typing import Any

from bot.preview import requests
from bot.preview.slack import BOT, BOT_USER

Data = dict[str, Any]
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
_numbers = count(1)


def event(inner: Data, **more: Any) -> Data:
    """An event in its wrapping; `authorizations` names the bot."""
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": f"Ev{next(_numbers)}",
        "authorizations": [{"team_id": "T1", "enterprise_id": None, "user_id": BOT_USER, "is_bot": True}],
        "event": inner,
        **more,
    }


def mention(text: str, ts: str = "100.1", channel: str = "C1", user: str = "UANA", **more: Any) -> Data:
    """`@Fulcrum text` in a channel."""
    return event(
        {"type": "app_mention", "channel": channel, "user": user, "ts": ts, "text": f"<@{BOT_USER}> {text}", **more}
    )


def message(text: str, ts: str = "100.1", channel: str = "C1", user: str = "UANA", **more: Any) -> Data:
    """A message in a conversation; a channel's unless `channel_type` says otherwise."""
    inner = {"type": "message", "channel_type": "channel", "channel": channel, "user": user, "ts": ts, "text": text}
    return event({**inner, **more})


def direct(text: str, ts: str = "100.1", user: str = "UANA", **more: Any) -> Data:
    """A message to the bot alone."""
    return message(text, ts, f"D-{user}", user, channel_type="im", **more)


def own_message(ts: str = "100.1") -> Data:
    """What the bot itself said, as Slack reports it back."""
    return message("It is 7.", ts, user=BOT_USER, bot_id=BOT)


def command(text: str, hook: str, channel: str = "C1", user: str = "UANA", **more: Any) -> Data:
    """`/leverage text`."""
    number = next(_numbers)
    return {
        "command": "/leverage",
        "text": text,
        "user_id": user,
        "channel_id": channel,
        "team_id": "T1",
        "response_url": hook,
        "trigger_id": f"{number}.{number}.abc",
        **more,
    }


def press(
    value: str, thread_ts: str = "100.1", channel: str = "C1", user: str = "UANA", hook: str = "", **container: Any
) -> Data:
    """A press on an option's button in a thread."""
    number = next(_numbers)
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": user, "team_id": "T1"},
        "channel": {"id": channel},
        "container": {"type": "message", "channel_id": channel, "message_ts": "100.9", "thread_ts": thread_ts}
        | container,
        "trigger_id": f"{number}.1.abc",
        "response_url": hook,
        "actions": [
            {
                "type": "button",
                "action_id": "ask:0",
                "block_id": f"ask:{thread_ts}",
                "value": value,
                "action_ts": f"{number}.5",
            }
        ],
    }


def body(data: Data) -> tuple[str, str]:
    """The body and its content type, as Slack encodes this kind of request."""
    return requests.encode(data)


def headers(raw: str, kind: str, secret: str = SECRET, at: str | None = None) -> dict[str, str]:
    """The headers Slack signs with."""
    return requests.headers(raw, kind, secret, at)
