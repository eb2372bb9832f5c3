"""The web process: what Slack sends, and what whoever runs it looks at."""

from __future__ import annotations

import errno
import logging
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from types import FrameType, MappingProxyType
from typing import Any

from flask import Flask, Response, request
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from waitress.server import create_server

from bot.errors import NotReady, UserError
from bot.logs import cause
from bot.processes.bodies import channel_class
from bot.processes.ending import end
from bot.settings import Settings
from bot.slack.app import INSTALL_PATH, REDIRECT_PATH, SlackApp

log = logging.getLogger(__name__)

THREADS = 16
SWITCH = 0.0005  # seconds after which an answer that computes lets a request in; Python's own is ten times as long
BACKLOG = 1024  # connections that wait to be taken
MOMENT = 0.002  # seconds
MAX_BODY = 1024 * 1024  # bytes; what Slack sends is far smaller
LARGEST_BODY = 256 * 2**20  # with the token of a path that takes more; each has its own bound below it
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
        return _of_slack(app, slack)

    @web.get("/healthz")
    def healthz() -> Response:
        return _words("ok")

    @web.get("/readyz")
    def readyz() -> Response:
        return _ready(app, ready)

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
    started: Callable[[int], object] | None = None,
    more: Iterable[Routes] = (),
    tokens: Mapping[str, str] = MappingProxyType({}),
    listening: socket.socket | None = None,
    is_busiest: Callable[[], bool] = lambda: False,
) -> int:
    """Serve until SIGTERM or SIGINT, then finish what was taken; gives the exit code. `started` hears the port.

    `tokens` are the bearer tokens with which larger bodies than Slack's are taken, by path. Where other processes serve
    the same `listening` socket, the one that `is_busiest` lets them take what comes.
    """
    ready()
    # A line for each request that waits for a moment would make all the others wait longer.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        build_web(app, ready, more),
        sockets=[listening or listen(settings.port)],
        threads=THREADS,
    )
    _let_others_take(server, is_busiest)
    sys.setswitchinterval(SWITCH)
    server.channel_class = channel_class(tokens, MAX_BODY, LARGEST_BODY)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    if app.token is not None:
        app.token.ask()
    port = int(server.effective_port)
    log.info("listening on port %d", port)
    if started:
        started(port)
    server.run()  # ends at SystemExit
    log.info("stopping: finishing the answers under way")
    server.close()
    end(app, 0)
    return 0


def listen(port: int) -> socket.socket:
    """A socket that listens on every address of the machine; 0 takes a free port. Raises UserError for one in use."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("0.0.0.0", port))
    except OSError as error:
        listening.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise UserError(f"Port {port} is not free, or not ours to take: set PORT to another one.") from error
    listening.listen(BACKLOG)
    return listening


def _let_others_take(server: Any, is_busiest: Callable[[], bool]) -> None:
    """All processes hear of a connection, and whoever is first has it: the busiest one waits a moment."""
    accept = server.handle_accept

    def handle_accept() -> None:
        if is_busiest():
            time.sleep(MOMENT)
        accept()

    server.handle_accept = handle_accept


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # a second one would cut off what the first one lets be finished
    raise SystemExit(0)


def _of_slack(app: SlackApp, slack: SlackRequestHandler) -> Response:
    """The answer to what may be a request of Slack's."""
    if (request.content_length or 0) > MAX_BODY:
        return Response('{"error":"too large"}', 413)
    if not _is_slacks(app.signing_secret):
        log.warning("a request with a wrong or stale signature was refused")
        return Response('{"error":"invalid request"}', 401)
    try:
        with app.right_of_way.taken():
            return slack.handle(request)
    except Exception as error:  # noqa: BLE001  # Bolt catches what listeners raise: this is a body that it cannot read
        log.warning("a signed request could not be read: %s", cause(error))
        return Response('{"error":"unreadable body"}', 400)


def _ready(app: SlackApp, ready: Ready) -> Response:
    """200 where the process can answer, else 503 with the reason in a sentence."""
    try:
        ready()
        if app.token is not None:
            app.token.require()
    except NotReady as error:
        return _words(str(error), 503)
    except Exception as error:  # noqa: BLE001  # whatever keeps the store away, the answer is "not now"
        log.warning("not ready: %s", cause(error))
        return _words("the store cannot be reached", 503)
    return _words("ready")


def _is_slacks(secret: str) -> bool:
    """Whether the request bears Slack's signature; seen to before anybody reads the body, which may be anything."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not TIMESTAMP.fullmatch(stamp) or not SIGNATURE.fullmatch(signature):
        return False
    try:
        return SignatureVerifier(secret).is_valid(request.get_data(), stamp, signature)
    except UnicodeDecodeError:
        return False


def _words(text: str, status: int = 200) -> Response:
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8")
