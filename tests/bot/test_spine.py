"""The whole path, as an organisation runs it: files in, a question in Slack, the right figure out."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from socket import create_server
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from bot.demo.generate import SEED, organisation
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, command, direct, headers, mention
from tests.fakes.slack_socket import FakeSocket
from tests.shared import ROOT

TODAY = date.today()
LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
FULCRUM = [sys.executable, "-m", "bot.cli.main"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The sample organisation, as of today, as import files."""
    organisation(SEED, TODAY, tmp_path)
    return tmp_path


@pytest.fixture
def store(files: Path) -> str:
    """A store that the command line filled from the files."""
    url = f"sqlite:///{files / 'fulcrum.db'}"
    subprocess.run([*FULCRUM, "import", str(files)], cwd=ROOT, env=environment(url), check=True, capture_output=True)
    return url


@pytest.fixture
def tokens(files: Path) -> dict[str, int]:
    """Last month's tokens of the organisation and of each tool, added up from the file."""
    found: dict[str, int] = defaultdict(int)
    with (files / "usage.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["date"].startswith(LAST_MONTH):
                used = sum(int(row[f"{kind}_tokens"]) for kind in ("input", "cached_input", "cache_write", "output"))
                found[""] += used
                found[row["tool"]] += used
    return found


@pytest.fixture
def somebody(files: Path) -> str:
    """An engineer who is there today."""
    with (files / "roster.csv").open(newline="") as lines:
        return next(
            row["email"]
            for row in csv.DictReader(lines)
            if row["kind"] == "employee" and not row["end_date"] and row["manager_email"]
        )


@pytest.fixture
def here(slack: FakeSlack, somebody: str) -> FakeSlack:
    """Slack, where that engineer is Ana."""
    slack.user("UANA", somebody)
    slack.user("USTRANGER", "nobody@elsewhere.example")
    return slack


def environment(url: str, **more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return {**plain, "DATABASE_URL": url, **more}


@contextmanager
def process(name: str, url: str, slack: FakeSlack, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """`fulcrum serve` or `fulcrum worker`, ended by SIGTERM."""
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
        **more,
    }
    with subprocess.Popen([*FULCRUM, name], cwd=ROOT, env=environment(url, **settings)) as running:
        try:
            yield running
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) == 0
        finally:
            running.kill()


@contextmanager
def web(url: str, slack: FakeSlack) -> Iterator[str]:
    """The web process, in two; gives the address of its events."""
    with closing(create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with process("serve", url, slack, PORT=str(port), FULCRUM_PROCESSES="2"):
        until_up(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}/slack/events"


def until_up(address: str) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urlopen(address, timeout=5):
                return
        except URLError:
            assert time.monotonic() < deadline, "the process does not come up"
            time.sleep(0.05)


def until_counted(address: str, questions: int) -> None:
    """Wait until both processes together show that so many questions have ended."""
    deadline = time.monotonic() + 20
    while True:
        with urlopen(address, timeout=5) as shown:
            if f"fulcrum_question_seconds_count {questions}.0" in shown.read().decode():
                return
        assert time.monotonic() < deadline, "the questions are not counted"
        time.sleep(0.05)


def send(address: str, data: dict[str, object]) -> int:
    raw, kind = body(data)
    with urlopen(Request(address, data=raw.encode(), headers=headers(raw, kind)), timeout=10) as response:
        return int(response.status)


def test_whatever_reaches_it_over_http_or_a_socket_gets_the_figure_of_the_files(
    store: str, here: FakeSlack, tokens: dict[str, int]
) -> None:
    the_web_process_answers(store, here, tokens)
    the_worker_answers(store, here, tokens)


def the_web_process_answers(store: str, here: FakeSlack, tokens: dict[str, int]) -> None:
    """A signed command, a mention and a direct message."""
    with web(store, here) as address:
        assert send(address, command("ask total tokens last month", here.hook)) == 200
        assert send(address, mention("tokens by tool last month", ts="200.1")) == 200
        for _ in range(4):  # Slack repeats itself, and each delivery finds either process
            assert send(address, direct("and what did we use in total?", ts="300.1", user="USTRANGER")) == 200
        here.wait(lambda: here.whispered() and here.posted("C1") and here.posted("D-USTRANGER"))
        until_counted(address.replace("slack/events", "metrics"), 3)

    (to_ana,) = here.whispered()
    (in_channel,) = here.posted("C1")
    (refusal,) = here.posted("D-USTRANGER")
    assert f"{tokens['']:,}" in json.dumps(to_ana["blocks"])
    assert in_channel["thread_ts"] == "200.1"
    for tool, used in tokens.items():
        assert f"{used:,}" in json.dumps(in_channel["blocks"]) or not tool
    assert "roster" in refusal["text"]
    assert not any(character.isdigit() for character in refusal["text"])


def the_worker_answers(store: str, here: FakeSlack, tokens: dict[str, int]) -> None:
    """The same question through Socket Mode."""
    before = len(here.posted("C1"))
    with FakeSocket() as socket:
        here.socket_url = socket.url
        with process("worker", store, here, SLACK_APP_TOKEN="xapp-1", FULCRUM_PROCESSES="2"):
            socket.connected(2)
            for connection in socket.connections:  # Slack repeats what it believes to be lost, on either
                envelope = socket.send("events_api", mention("total tokens last month", ts="400.1"), connection)
                socket.acked(envelope)
            here.wait(lambda: len(here.posted("C1")) > before)
            socket.hang_up()

    (said,) = here.posted("C1")[before:]
    assert f"{tokens['']:,}" in json.dumps(said["blocks"])


def test_a_store_of_an_old_schema_is_refused_in_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "old.db").write_bytes(b"")
    url = f"sqlite:///{tmp_path / 'old.db'}"
    asked = subprocess.run(
        [*FULCRUM, "ask", "tokens last month"], cwd=ROOT, env=environment(url), capture_output=True, text=True
    )

    assert asked.returncode == 1
    assert asked.stderr.strip() == "fulcrum: the store does not have the newest schema: run `fulcrum migrate`"
