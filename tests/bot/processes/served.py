"""What an operator runs, over a Slack that is a fake and with answers that take a while."""

from __future__ import annotations

import sys
import time
from multiprocessing.connection import Connection

from bot.processes.web import serve
from bot.processes.worker import work
from bot.questions.answers.answer import Answer
from bot.questions.request import AskRequest
from bot.settings import Settings
from bot.slack.app import build_app
from tests.fakes.services import FakeServices, seven
from tests.fakes.slack_requests import SECRET

SLOW = 0.5  # seconds an answer takes


def run(name: str, slack_url: str, told: Connection) -> None:
    """`serve` or `work` until a signal ends it; tells what it says when it is up."""
    settings = Settings(
        port=0,
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        slack_signing_secret=SECRET,
        slack_api_url=slack_url,
    )
    app = build_app(settings, FakeServices(_slow))

    def say(*port: int) -> None:
        told.send(port)

    if name == "serve":
        sys.exit(serve(settings, app, lambda: None, started=say))
    sys.exit(work(settings, app, lambda: None, started=say))


def _slow(request: AskRequest) -> Answer:
    time.sleep(SLOW)
    return seven(request)
