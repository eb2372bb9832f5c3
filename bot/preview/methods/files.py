"""Files: room for one, its bytes, and its place in a conversation."""

from __future__ import annotations

from bot.preview.faults import ApiError
from bot.preview.slack import BOT_USER, Data, Method, Slack

MAX_ALT = 1_000


def _room(slack: Slack, data: Data) -> Data:
    if len(data.get("alt_txt") or "") > MAX_ALT:
        raise ApiError("alt_txt_too_large")
    file = f"F{slack.number()}"
    about = {"id": file, "name": data["filename"], "size": int(data["length"]), "alt_txt": data.get("alt_txt") or ""}
    slack.files[file] = {"about": about, "bytes": b"", "shared": False}
    return {"file_id": file, "upload_url": f"{slack.address}/upload/{file}"}


def _upload(slack: Slack, data: Data) -> Data:
    """The bytes, sent without a token to the address that was given."""
    held = slack.files.get(data["file"])
    if held is None or held["shared"] or len(data["bytes"]) != held["about"]["size"]:
        raise ApiError("no_such_upload")
    held["bytes"] = data["bytes"]
    return {}


def _complete(slack: Slack, data: Data) -> Data:
    """Every file of the call in one message; without a channel they stay the bot's own."""
    told = []
    for file in data["files"]:
        held = slack.files.get(file["id"])
        if held is None or held["shared"] or not held["bytes"]:
            raise ApiError("file_not_found")
        told.append((held, {**held["about"], "title": file.get("title") or held["about"]["name"]}))
    channel = data.get("channel_id")
    if channel:
        if not channel.startswith("D") and BOT_USER not in slack.members[channel]:
            raise ApiError("not_in_channel" if channel in slack.channels else "channel_not_found")
        thread = {"thread_ts": data["thread_ts"]} if data.get("thread_ts") else {}
        text = data.get("initial_comment") or ""
        slack.post({"channel": channel, "text": text, "files": [about for _, about in told], **thread})
    for held, _ in told:
        held["shared"] = True
    return {"files": [{"id": about["id"], "title": about["title"]} for _, about in told]}


METHODS: dict[str, Method] = {
    "files.completeUploadExternal": _complete,
    "files.getUploadURLExternal": _room,
    "upload": _upload,
}
