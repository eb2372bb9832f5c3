"""A file into Slack in its three calls; only the last one shows it to anybody."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import Request

from slack_sdk import WebClient

from bot.slack.api.replies import opener


def upload(client: WebClient, name: str, data: bytes, alt: str) -> str:
    """Bring the bytes there and give the file's id; nobody sees it, and Slack drops it unless it is shared."""
    room = client.files_getUploadURLExternal(filename=name, length=len(data), alt_txt=alt)
    kind = {"Content-Type": "application/octet-stream"}
    sending = Request(str(room["upload_url"]), data=data, headers=kind, method="POST")
    try:
        opener(client.ssl).open(sending, timeout=client.timeout).close()
    except HTTPError as error:
        error.close()
        raise
    return str(room["file_id"])


def share(client: WebClient, file: str, title: str, channel: str, thread_ts: str) -> None:
    """Show an uploaded file in a thread; done twice it is shown twice."""
    client.files_completeUploadExternal(
        files=[{"id": file, "title": title}], channel_id=channel, thread_ts=thread_ts or None
    )
