"""An app of a few lines: it keeps what it is sent, and answers what it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, Response, request

from bot.preview import requests
from bot.preview.acting import Acting
from bot.preview.hosting import Hosted
from bot.preview.seen import Channel, Member, PreviewScene
from bot.preview.workspace import PreviewWorkspace

Data = dict[str, Any]


def person(user: str, name: str, role: str) -> Member:
    return Member(id=user, name=name, email=f"{user}@x.example", title="", role=role, about="")


SCENE = PreviewScene(
    organisation="Acme",
    people=(person("UANA", "Ana Abebe", "Boss"), person("UBO", "Bo Bianchi", "Clerk")),
    rooms=(Channel(id="C1", name="general", topic="All", members=("UANA", "UBO")),),
)


class Stub:
    """What came, in order; `answers` gives the status and body of the next ones, `submitted` what a form that is
    sent in gets, whatever else comes meanwhile."""

    def __init__(self, secret: str) -> None:
        self.came: list[Data] = []
        self.retries: list[str] = []
        self.answers: list[tuple[int, Data]] = []
        self.submitted: Data = {}
        self.address = ""
        self._secret = secret

    def take(self) -> Response:
        raw = request.get_data(as_text=True)
        signed = requests.headers(raw, "", self._secret, request.headers["X-Slack-Request-Timestamp"])
        assert request.headers["X-Slack-Signature"] == signed["X-Slack-Signature"]
        self.retries.append(request.headers.get("X-Slack-Retry-Num", ""))
        came = _read(raw, request.content_type or "")
        self.came.append(came)
        if self.submitted and came.get("type") == "view_submission":
            status, body = 200, self.submitted
        else:
            status, body = self.answers.pop(0) if self.answers else (200, {})
        return Response(json.dumps(body) if body else "", status, content_type="application/json")


def _read(raw: str, kind: str) -> Data:
    if kind.startswith("application/json"):
        return dict(json.loads(raw))
    fields = {name: values[0] for name, values in parse_qs(raw).items()}
    return dict(json.loads(fields["payload"])) if "payload" in fields else dict(fields)


@contextmanager
def stubbed() -> Iterator[tuple[PreviewWorkspace, Acting, Stub]]:
    """A workspace with such an app."""
    workspace = PreviewWorkspace(SCENE, {"/do": "this | that"})
    stub = Stub(workspace.secret)
    web = Flask("stub")
    web.add_url_rule("/slack", view_func=stub.take, methods=["POST"])
    hosted = Hosted(web)
    hosted.start()
    stub.address = f"{hosted.url}/slack"
    acting = workspace.open(stub.address)
    try:
        yield workspace, acting, stub
    finally:
        workspace.close()
        hosted.stop()
