"""A Bolt app that acknowledges `/leverage` and does nothing else, before the server that Fulcrum has.

python -m tests.benchmarks.bare_bolt PORT THREADS
"""

from __future__ import annotations

import logging
import sys

from flask import Flask, Response, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from waitress import serve

from tests.fakes.slack_requests import SECRET


def web() -> Flask:
    """The app with its one listener."""
    bolt = App(
        signing_secret=SECRET,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="UBOT"),
    )

    @bolt.command("/leverage")
    def leverage(ack: Ack) -> None:
        ack()

    handler, flask = SlackRequestHandler(bolt), Flask("bare")

    @flask.post("/slack/events")
    def events() -> Response:
        return handler.handle(request)

    return flask


if __name__ == "__main__":
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # as Fulcrum does
    serve(web(), host="127.0.0.1", port=int(sys.argv[1]), threads=int(sys.argv[2]))
