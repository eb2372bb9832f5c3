"""The web process: what Slack sends, and what whoever runs it looks at."""

from __future__ import annotations

import logging
import re
import signal
from collections.abc import Callable, Iterable
from types import FrameType

from flask import Flask, Response, request
from slack_bolt.adapter.flask import SlackRequestHandler
from waitress.server import create_server

from bot.errors import NotReady
from bot.logs import cause
from bot.settings import Settings
from bot.slack.app import INSTALL_PATH, REDIRECT_PATH, SlackApp

log = logging.getLogger(__name__)

THREADS = 16
MAX_BODY = 1024 * 1024  # bytes; what Slack sends is far smaller
LARGEST_BODY = 256 * 2**20 + 1  # bytes that are read of any request; each route has its own bound below it
TIMESTAMP = re.compile(r"[0-9]{1,12}")
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

Ready = Callable[[], None]  # raises `NotReady`
Routes = Callable[[Flask], None]  # puts routes of its own into the web application


def build_web(app: SlackApp, ready: Ready, more: Iterable[Routes] = ()) -> Flask:
    """The web application, with `more` routes. `ready` raises `NotReady` while the store cannot be used."""
    web = Flask("fulcrum")
    web.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    slack = SlackRequestHandler(app.bolt)

    @web.post("/slack/events")
    def events() -> Response:
        return slack.handle(request) if _well_formed() else Response('{"error":"invalid request"}', 401)

    @web.get("/healthz")
    def healthz() -> Response:
        return _words("ok")

    @web.get("/readyz")
    def readyz() -> Response:
        try:
            ready()
        except NotReady as error:
            return _words(str(error), 503)
        except Exception as error:  # noqa: BLE001  # whatever keeps the store away, the answer is "not now"
            log.warning("not ready: %s", cause(error))
            return _words("the store cannot be reached", 503)
        return _words("ready")

    @web.get("/metrics")
    def metrics() -> Response:
        return Response(app.meter.text(), content_type="text/plain; version=0.0.4; charset=utf-8")

    if app.bolt.oauth_flow is not None:
        for path in (INSTALL_PATH, REDIRECT_PATH):
            web.add_url_rule(path, endpoint=path, view_func=lambda: slack.handle(request), methods=["GET"])
    for attach in more:
        attach(web)
    return web


def serve(
    settings: Settings,
    app: SlackApp,
    ready: Ready,
    started: Callable[[int], None] | None = None,
    more: Iterable[Routes] = (),
) -> int:
    """Serve until SIGTERM or SIGINT, then finish what was taken; gives the exit code. `started` hears the port."""
    settings.require("SLACK_SIGNING_SECRET")
    ready()
    server = create_server(
        build_web(app, ready, more),
        host="0.0.0.0",
        port=settings.port,
        threads=THREADS,
        max_request_body_size=LARGEST_BODY,
    )
    signal.signal(signal.SIGTERM, _stop)
    port = int(server.effective_port)
    log.info("listening on port %d", port)
    if started:
        started(port)
    server.run()  # ends at SystemExit and KeyboardInterrupt
    log.info("stopping: finishing the answers under way")
    server.close()
    app.close()
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _well_formed() -> bool:
    """Whether Bolt can check the signature at all: it fails on a timestamp that is no number, and so would answer 500
    where the request is simply not Slack's."""
    stamp = request.headers.get("X-Slack-Request-Timestamp")
    signature = request.headers.get("X-Slack-Signature")
    return (stamp is None or bool(TIMESTAMP.fullmatch(stamp))) and (
        signature is None or bool(SIGNATURE.fullmatch(signature))
    )


def _words(text: str, status: int = 200) -> Response:
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8")
