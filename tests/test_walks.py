"""The ways that bot/README.md describes are walked: the files it lists are entered, in its order."""

from __future__ import annotations

import csv
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from bot.cli.main import main
from bot.demo.scene import LEADERS
from bot.processes.build import Process, build
from bot.processes.web import build_web
from bot.settings import Settings
from storage.keep import digests
from storage.keep.digests import Subscribed
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, headers, mention
from tests.shared import ROOT

WEDNESDAY = datetime(2026, 11, 18, 12, tzinfo=UTC)
TUESDAY, NINE = 2, 9 * 60


def listed(way: str) -> list[str]:
    """The files of the numbered list under a heading, as they come."""
    text = (ROOT / "bot/README.md").read_text("utf-8").split(f"## The way of {way}\n")[1].split("\n## ")[0]
    steps = re.findall(r"^\d+\. .*(?:\n {3,}.*)*", text, re.MULTILINE)
    return [file for step in steps for file in re.findall(r"`((?:bot|storage)/[\w/]+\.py)`", step)]


class Trail:
    """How far calls have come along the files listed, in their order; it is followed no further than to the last."""

    def __init__(self, wanted: list[str]) -> None:
        self._rest = [*reversed(wanted)]
        self._names: dict[CodeType, str] = {}  # "" where it is none of ours: most calls are not

    def note(self, frame: FrameType, _event: str, _argument: Any) -> None:
        """Takes a call, as `sys.settrace` gives it."""
        code = frame.f_code
        name = self._names.get(code)
        if name is None:
            name = self._names[code] = self._name(code)
        if name:
            self.enter(name)
        if not self._rest:
            sys.settrace(None)  # following every call is most of what a walk costs

    def enter(self, name: str) -> None:
        """A file is gone into."""
        if self._rest and self._rest[-1] == name:
            self._rest.pop()

    def _name(self, code: CodeType) -> str:
        ours = code.co_filename.startswith(f"{ROOT}/") and code.co_name != "<module>"
        return code.co_filename.removeprefix(f"{ROOT}/") if ours else ""

    def missing(self) -> list[str]:
        """The first that was not entered after the ones before it, and what comes after."""
        return self._rest[::-1]


@contextmanager
def followed(way: str) -> Iterator[Trail]:
    """Follow every call until the end of `with`, in this thread and in those that begin meanwhile."""
    trail, before = Trail(listed(way)), sys.gettrace()
    threading.settrace(trail.note)
    sys.settrace(trail.note)
    try:
        yield trail
    finally:
        sys.settrace(before)
        threading.settrace(before)


@pytest.fixture
def slack(larkspur_files: Path) -> Iterator[FakeSlack]:
    """A channel with the lead of a department in it."""
    with (larkspur_files / "roster.csv").open(newline="", encoding="utf-8") as lines:
        lead = next(row["email"] for row in csv.DictReader(lines) if row["team"] == LEADERS)
    with FakeSlack() as fake:
        fake.user("UANA", lead)
        fake.user("UBOT", is_bot=True)
        fake.channel("C1", ["UANA"])
        yield fake


@pytest.fixture
def process(slack: FakeSlack, larkspur: str) -> Process:
    """Both processes over the invented company's store."""
    settings = Settings(
        database_url=larkspur, slack_bot_token="xoxb-1", slack_signing_secret=SECRET, slack_api_url=slack.url
    )
    return build(settings, now=lambda: WEDNESDAY)


def test_the_way_of_a_question(process: Process, slack: FakeSlack) -> None:
    web = build_web(process.app, process.services.ready).test_client()
    raw, kind = body(mention("tokens per employee by team last month"))

    with followed("a question") as trail:
        web.post("/slack/events", data=raw, headers=headers(raw, kind))
        process.app.close()

    assert [call.data["channel"] for call in slack.called("chat.postMessage")] == ["C1"]
    assert trail.missing() == []


def test_the_way_of_a_digest(process: Process, slack: FakeSlack) -> None:
    wanted = Subscribed(
        slack_team="T1",
        channel="C1",
        team="",
        owner="UANA",
        email="",
        weekday=TUESDAY,
        minute=NINE,
        zone="UTC",
        parts=(),
        since=datetime(2026, 11, 16, tzinfo=UTC),
    )
    with process.services.writing.begin() as connection:
        digests.subscribe(connection, 1, wanted)

    with followed("a digest") as trail:
        process.digests.tick()
    process.app.close()

    assert slack.called("chat.postMessage")
    assert trail.missing() == []


def test_the_way_of_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "2026-11-02,ana@x.example,codex,gpt-5,100,20,3"
    (tmp_path / "usage.csv").write_text(f"date,email,tool,model,input_tokens,output_tokens,requests\n{row}\n", "utf-8")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'fulcrum.db'}")

    with followed("a row") as trail:
        assert main(["import", str(tmp_path)]) == 0

    assert trail.missing() == []


def test_a_file_that_no_call_goes_into_is_missed() -> None:
    in_order, out_of_order = Trail(["bot/a.py", "bot/b.py", "bot/a.py"]), Trail(["bot/b.py", "bot/a.py", "bot/c.py"])
    for name in ("bot/a.py", "bot/x.py", "bot/b.py", "bot/a.py"):
        in_order.enter(name)
        out_of_order.enter(name)

    assert in_order.missing() == []
    assert out_of_order.missing() == ["bot/c.py"]
    assert len(listed("a question")) > 10
