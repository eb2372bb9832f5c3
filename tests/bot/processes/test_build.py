"""The two processes as an operator runs them: started, used, ended by SIGTERM."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.errors import SettingsError
from bot.processes.build import serve
from bot.settings import Settings
from tests.bot.processes import served
from tests.bot.processes.served import SLOW
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import body, headers, mention
from tests.fakes.slack_socket import FakeSocket
from tests.forked import PROCESSES

Up = tuple[int, ...]  # what a process says when it is up: the web process its port


@contextmanager
def process(name: str, slack: FakeSlack) -> Iterator[tuple[BaseProcess, Up]]:
    """A running process, and what it said when it was up."""
    ours, theirs = PROCESSES.Pipe()
    running = PROCESSES.Process(target=served.run, args=(name, slack.url, theirs))
    running.start()
    theirs.close()
    try:
        assert ours.poll(60)
        yield running, ours.recv()
    finally:
        running.kill()
        running.join()
        ours.close()


def end(running: BaseProcess, number: signal.Signals = signal.SIGTERM) -> int | None:
    """The exit code after a signal."""
    assert running.pid
    os.kill(running.pid, number)
    running.join(15)
    return running.exitcode


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
        url = f"http://127.0.0.1:{told[0]}"
        assert send(f"{url}/healthz") == 200
        raw, kind = body(mention("tokens"))
        begun = time.monotonic()
        status = send(f"{url}/slack/events", raw, headers(raw, kind))
        took = time.monotonic() - begun
        slack.wait(lambda: slack.called("users.info"))

        assert end(running) == 0
        assert (status, took < SLOW) == (200, True)
        assert [message["text"] for message in slack.posted("C1")] == ["It is 7."]


def test_the_web_process_refuses_a_senseless_timestamp_with_401(slack: FakeSlack) -> None:
    with process("serve", slack) as (_, told):
        raw, kind = body(mention("tokens"))

        status = send(f"http://127.0.0.1:{told[0]}/slack/events", raw, headers(raw, kind, at="soon"))

        assert status == 401


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.trial)])
def test_the_worker_answers_through_the_socket_and_finishes_before_it_ends(
    slack: FakeSlack, number: signal.Signals
) -> None:
    with FakeSocket() as socket:
        slack.socket_url = socket.url
        with process("work", slack) as (running, told):
            socket.connected(1)
            socket.acked(socket.send("events_api", mention("tokens")))
            slack.wait(lambda: slack.called("users.info"))

            assert end(running, number) == 0
            assert told == ()
            assert [message["text"] for message in slack.posted("C1")] == ["It is 7."]
