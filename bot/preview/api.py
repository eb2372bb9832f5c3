"""The Web API over HTTP: `/api/METHOD`, where files are sent to, and the response_urls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Response, request

from bot.preview.faults import ApiCall
from bot.preview.slack import Data, Reply, Slack

NESTED = (
    "blocks", "chunks", "context", "files", "loading_messages", "message", "metadata", "prompts", "view",
)  # fmt: skip


def add_api(web: Flask, slack: Slack) -> None:
    """Let the application answer an app's calls."""

    @web.post("/api/<method>")
    def api(method: str) -> Response:
        slack.address = request.host_url.rstrip("/")
        token = (request.headers.get("Authorization") or "").removeprefix("Bearer ")
        return _response(slack.handle(ApiCall(method, _data(), token)))

    @web.post("/upload/<file>")
    def upload(file: str) -> Response:
        return _response(slack.handle(ApiCall("upload", {"file": file, "bytes": request.get_data()})))

    @web.post("/hook/<key>")
    def hook(key: str) -> Response:
        return _response(slack.handle(ApiCall("hook", {**_data(), "hook": key})))


def _data() -> Data:
    body = request.get_data(as_text=True)
    if (request.content_type or "").startswith("application/json"):
        found: Any = json.loads(body or "{}")
        return dict(found) if isinstance(found, dict) else {}
    fields: Data = dict(parse_qsl(body, keep_blank_values=True))
    for name in NESTED:
        if name in fields and fields[name][:1] in ("[", "{"):
            fields[name] = json.loads(fields[name])
    return fields


def _response(reply: Reply | None) -> Response:
    if reply is None:
        return Response(_cut_off(), direct_passthrough=True)
    status, data, headers = reply
    if data.get("error") in ("used_url", "no_such_upload"):
        status = 404
    return Response(json.dumps(data), status, headers=dict(headers), content_type="application/json")


def _cut_off() -> Iterator[bytes]:
    """A body that breaks before its first byte: the server then closes the connection without a reply."""
    raise ConnectionAbortedError
    yield b""
