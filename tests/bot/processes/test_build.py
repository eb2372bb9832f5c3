"""The two processes as an operator runs them: started, used, ended by SIGTERM."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.errors import SettingsError
from bot.processes.build import serve
from bot.settings import Settings
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, headers, mention
from tests.fakes.slack_socket import FakeSocket
from tests.shared import ROOT

SLOW = 0.5  # seconds an answer takes

PROGRAM = f"""
    import sys, time
    from bot.slack.app import build_app
    from bot.processes.web import serve
    from bot.settings import Settings
    from bot.processes.worker import work
    from tests.fakes.services import FakeServices, seven

    def slow(request):
        time.sleep({SLOW})
        return seven(request)

    settings = Settings(
        port=0, slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_signing_secret={SECRET!r},
        slack_api_url=sys.argv[2],
    )
    app = build_app(settings, FakeServices(slow))
    say = lambda *port: print(*port, flush=True)
    run = {{"serve": serve, "work": work}}[sys.argv[1]]
    sys.exit(run(settings, app, lambda: None, started=lambda *port: say("started", *port)))
"""


@contextmanager
def process(name: str, slack: FakeSlack) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running process, and what it said when it was up."""
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), name, slack.url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout
            yield running, running.stdout.readline()
        finally:
            running.kill()


def test_all_that_lacks_for_slack_is_said_at_once_and_before_a_store_is_opened() -> None:
    with pytest.raises(SettingsError) as one:
        serve(Settings(database_url="sqlite:////nowhere/at/all.db"))
    with pytest.raises(SettingsError) as many:
        serve(Settings(database_url="sqlite:////nowhere/at/all.db", slack_client_id="1.2"))

    assert one.value.problems == ("SLACK_BOT_TOKEN is not set", "SLACK_SIGNING_SECRET is not set")
    assert many.value.problems == ("SLACK_CLIENT_SECRET is not set", "SLACK_SIGNING_SECRET is not set")


def send(url: str, raw: str = "", with_headers: dict[str, str] | None = None) -> int:
    request = Request(url, data=raw.encode() or None, headers=with_headers or {})
    try:
        with urlopen(request, timeout=10) as response:
            return int(response.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_the_web_process_acknowledges_at_once_and_finishes_its_answers_before_it_ends(slack: FakeSlack) -> None:
    with process("serve", slack) as (running, told):
        url = f"http://127.0.0.1:{told.split()[1]}"
        assert send(f"{url}/healthz") == 200
        raw, kind = body(mention("tokens"))
        begun = time.monotonic()
        status = send(f"{url}/slack/events", raw, headers(raw, kind))
        took = time.monotonic() - begun
        slack.wait(lambda: slack.called("users.info"))
        running.send_signal(signal.SIGTERM)

        assert running.wait(15) == 0
        assert (status, took < SLOW) == (200, True)
        assert [message["text"] for message in slack.posted("C1")] == ["It is 7."]


def test_the_web_process_refuses_a_senseless_timestamp_with_401(slack: FakeSlack) -> None:
    with process("serve", slack) as (_, told):
        raw, kind = body(mention("tokens"))

        status = send(f"http://127.0.0.1:{told.split()[1]}/slack/events", raw, headers(raw, kind, at="soon"))

        assert status == 401


@pytest.mark.parametrize("end", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.trial)])
def test_the_worker_answers_through_the_socket_and_finishes_before_it_ends(
    slack: FakeSlack, end: signal.Signals
) -> None:
    with FakeSocket() as socket:
        slack.socket_url = socket.url
        with process("work", slack) as (running, told):
            socket.connected(1)
            socket.acked(socket.send("events_api", mention("tokens")))
            slack.wait(lambda: slack.called("users.info"))
            running.send_signal(end)

            assert running.wait(15) == 0
            assert told.strip() == "started"
            assert [message["text"] for message in slack.posted("C1")] == ["It is 7."]
