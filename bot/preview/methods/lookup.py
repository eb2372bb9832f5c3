"""Who and what there is: `auth.*`, `users.*`, `conversations.*`; and the end of a workflow's step."""

from __future__ import annotations

from typing import Any

from bot.preview.faults import ApiError
from bot.preview.slack import APP, BOT, BOT_USER, TEAM, Data, Method, Slack


def page(items: list[Any], data: Data, name: str) -> Data:
    """One page of a list, with the cursor of the next."""
    start, limit = int(data.get("cursor") or 0), int(data.get("limit") or 100)
    following = start + limit
    cursor = str(following) if following < len(items) else ""
    return {name: items[start:following], "response_metadata": {"next_cursor": cursor}}


def direct(user: str) -> str:
    """The conversation of a user with the app."""
    return f"D-{user}"


def _who(slack: Slack, data: Data) -> Data:
    return {"user_id": BOT_USER, "bot_id": BOT, "team_id": TEAM}


def _user(slack: Slack, data: Data) -> Data:
    if data["user"] not in slack.users:
        raise ApiError("user_not_found")
    return {"user": slack.users[data["user"]]}


def _by_email(slack: Slack, data: Data) -> Data:
    for user in slack.users.values():
        if (user.get("profile") or {}).get("email", "").lower() == data["email"].lower():
            return {"user": user}
    raise ApiError("users_not_found")


def _channel(slack: Slack, data: Data) -> Data:
    if data["channel"] not in slack.channels:
        raise ApiError("channel_not_found")
    return {"channel": slack.channels[data["channel"]]}


def _members(slack: Slack, data: Data) -> Data:
    return page(slack.members[data["channel"]], data, "members")


def _history(slack: Slack, data: Data) -> Data:
    found = [message for message in slack.messages if not message["to"] and message.get("channel") == data["channel"]]
    roots = [message for message in found if not message.get("thread_ts") or message["thread_ts"] == message["ts"]]
    return {"messages": [public(root) for root in reversed(roots)]}


def _replies(slack: Slack, data: Data) -> Data:
    found = [message for message in slack.messages if not message["to"] and message.get("channel") == data["channel"]]
    return {
        "messages": [public(message) for message in found if data["ts"] in (message["ts"], message.get("thread_ts"))]
    }


def public(message: Data) -> Data:
    """A message as the API tells of it."""
    return {name: value for name, value in message.items() if name not in {"to", "channel"}}


def _installed(slack: Slack, data: Data) -> Data:
    if data.get("code") != "good":
        raise ApiError("invalid_code")
    return {
        "app_id": APP,
        "team": {"id": "T7", "name": "Seven"},
        "access_token": "xoxb-seven",
        "bot_user_id": BOT_USER,
        "scope": "chat:write,commands",
        "authed_user": {"id": "UANA"},
    }


def _completed(slack: Slack, data: Data) -> Data:
    if not data.get("function_execution_id") or not (data.get("error") or data.get("outputs")):
        raise ApiError("invalid_arguments")
    return {}


METHODS: dict[str, Method] = {
    "apps.connections.open": lambda slack, data: {"url": slack.socket_url},
    "auth.test": _who,
    "conversations.history": _history,
    "conversations.info": _channel,
    "conversations.list": lambda slack, data: page(list(slack.channels.values()), data, "channels"),
    "conversations.members": _members,
    "conversations.open": lambda slack, data: {"channel": {"id": direct(data["users"])}},
    "conversations.replies": _replies,
    "functions.completeError": _completed,
    "functions.completeSuccess": _completed,
    "oauth.v2.access": _installed,
    "usergroups.list": lambda slack, data: {"usergroups": []},
    "users.info": _user,
    "users.list": lambda slack, data: page(list(slack.users.values()), data, "members"),
    "users.lookupByEmail": _by_email,
}
