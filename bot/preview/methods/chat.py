"""What is said: `chat.*`, reactions, and messages by a response_url."""

from __future__ import annotations

from typing import Any

from bot.preview.checks import problems
from bot.preview.faults import ApiError
from bot.preview.slack import BOT_USER, Data, Method, Slack

MAX_UPDATE = 4_000  # chat.update refuses what chat.postMessage would cut


def _post_message(slack: Slack, data: Data) -> Data:
    channel = data["channel"]
    if not channel.startswith("D") and BOT_USER not in slack.members[channel]:
        raise ApiError("not_in_channel" if channel in slack.channels else "channel_not_found")
    message = slack.post(data)
    return {"ts": message["ts"], "channel": channel, "message": {"ts": message["ts"], "text": message.get("text", "")}}


def _post_ephemeral(slack: Slack, data: Data) -> Data:
    channel, user = data["channel"], data["user"]
    if channel not in slack.channels and not channel.startswith("D"):
        raise ApiError("channel_not_found")
    if not channel.startswith("D") and user not in slack.members[channel]:
        raise ApiError("user_not_in_channel")
    return {"message_ts": slack.post(data, to=user)["ts"]}


def _update(slack: Slack, data: Data) -> Data:
    message = slack.message(data["channel"], data["ts"])
    if message.get("streaming"):
        raise ApiError("streaming_state_conflict")
    if len(data.get("text") or "") > MAX_UPDATE:
        raise ApiError("msg_too_long")
    slack.check(data)
    _change(slack, message, data)
    return {"ts": message["ts"], "channel": data["channel"], "text": message.get("text", "")}


def _change(slack: Slack, message: Data, data: Data) -> None:
    for name in ("text", "markdown_text", "blocks", "metadata"):
        if name in data:
            message[name] = data[name]
    if "text" in data and "blocks" not in data:
        message["blocks"] = []
    message["edited"] = {"user": BOT_USER, "ts": slack.stamp()}


def _delete(slack: Slack, data: Data) -> Data:
    slack.messages.remove(slack.message(data["channel"], data["ts"]))
    return {"ts": data["ts"], "channel": data["channel"]}


def _permalink(slack: Slack, data: Data) -> Data:
    path = f"{data['channel']}/p{data['message_ts'].replace('.', '')}"
    return {"channel": data["channel"], "permalink": f"https://preview.example/archives/{path}"}


def _hook(slack: Slack, data: Data) -> Data:
    """A message by a response_url: to who acted alone unless it says otherwise, or in place of the one acted on."""
    hook = slack.hooks.get(data.pop("hook"))
    if hook is None or hook.uses <= 0 or slack.clock() > hook.until:
        raise ApiError("used_url")
    hook.uses -= 1
    original = next(
        (message for message in slack.messages if hook.message_ts and message["ts"] == hook.message_ts), None
    )
    if original and data.get("delete_original"):
        slack.messages.remove(original)
    elif original and data.get("replace_original"):
        slack.check(data)
        _change(slack, original, data)
    else:
        place: Data = {"channel": hook.channel}
        if data.get("thread_ts") or hook.thread_ts:
            place["thread_ts"] = data.get("thread_ts") or hook.thread_ts
        slack.post({**data, **place}, to="" if data.get("response_type") == "in_channel" else hook.user)
    return {}


def _start(slack: Slack, data: Data) -> Data:
    if not data["channel"].startswith("D") and not data.get("recipient_user_id"):
        raise ApiError("missing_recipient_user_id")
    begun = {"markdown_text": _chunks(data) or " ", "channel": data["channel"], "thread_ts": data["thread_ts"]}
    message = slack.post(begun)
    message["streaming"] = True
    return {"ts": message["ts"], "channel": data["channel"]}


def _append(slack: Slack, data: Data) -> Data:
    message = _streamed(slack, data)
    message["markdown_text"] = message["markdown_text"].lstrip() + _chunks(data)
    message["edited"] = {"user": BOT_USER, "ts": slack.stamp()}
    return {"ts": message["ts"], "channel": data["channel"]}


def _stop(slack: Slack, data: Data) -> Data:
    done = _append(slack, data)
    message = _streamed(slack, data)
    wrong = slack.complaints(data.get("blocks") or [])
    if wrong:
        raise ApiError("invalid_blocks", response_metadata={"messages": wrong})
    message["streaming"] = False
    message["blocks"] = [{"type": "markdown", "text": message["markdown_text"]}, *(data.get("blocks") or [])]
    return done


def _streamed(slack: Slack, data: Data) -> Data:
    message = slack.message(data["channel"], data["ts"])
    if not message.get("streaming"):
        raise ApiError("message_not_in_streaming_state")
    return message


def _chunks(data: Data) -> str:
    texts = [str(data.get("markdown_text") or "")]
    texts += [str(chunk.get("text", "")) for chunk in data.get("chunks") or [] if chunk.get("type") == "markdown_text"]
    return "".join(texts)


def _react(slack: Slack, data: Data) -> Data:
    for message in slack.messages:
        if message.get("channel") == data["channel"] and message["ts"] == data["timestamp"]:
            names: list[Any] = message.setdefault("reactions", [])
            if data["name"] in names:
                raise ApiError("already_reacted")
            names.append(data["name"])
            return {}
    raise ApiError("message_not_found")


def _validate(slack: Slack, data: Data) -> Data:
    wrong = problems(data.get("blocks") or (data.get("message") or {}).get("blocks") or [])
    if wrong:
        raise ApiError(
            "invalid_blocks", errors=[{"pointer": problem.split(":")[0], "message": problem} for problem in wrong]
        )
    return {}


METHODS: dict[str, Method] = {
    "blocks.validate": _validate,
    "chat.appendStream": _append,
    "chat.delete": _delete,
    "chat.getPermalink": _permalink,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post_message,
    "chat.startStream": _start,
    "chat.stopStream": _stop,
    "chat.update": _update,
    "hook": _hook,
    "reactions.add": _react,
}
