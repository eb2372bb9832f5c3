"""The demo's page from the command line: it says where it is, answers there, and ends when it is told to."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.cli import demo
from bot.cli.main import main
from bot.demo.browser import refuse_real
from bot.errors import UserError
from tests.shared import ROOT

DEMO = ["demo", "--as-of", "2026-11-18"]


def environment(**more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return {**plain, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.trial)])
def test_it_prints_its_address_serves_there_and_ends_at_once_when_told_to(tmp_path: Path, number: int) -> None:
    command = [sys.executable, "-m", "bot.cli.main", *DEMO, "--browser"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        address = next(
            found.group() for line in running.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line))
        )
        with urlopen(f"{address}/page/boot") as response:
            people = json.load(response)["people"]
        running.send_signal(number)
        try:
            assert running.wait(60) == 0  # a loaded machine takes its time over what is under way
        finally:
            running.kill()

    assert [person["role"] for person in people] == ["CTO", "Team lead", "Engineer", "Admin"]


def test_in_a_pipe_it_shows_three_answers_and_ends(
    larkspur_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # That it makes its company anew is seen above.
    monkeypatch.setattr(demo, "import_sample", lambda _files, store, _day: shutil.copyfile(larkspur_store, store))
    (tmp_path / demo.FOLDER).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", StringIO())

    assert main(DEMO) == 0

    said = capsys.readouterr().out
    assert said.count("You") >= 3
    assert "http://" not in said


def test_near_a_real_workspace_the_page_stays_off_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-real")

    assert main([*DEMO, "--browser"]) == 1

    told = capsys.readouterr().err
    assert "SLACK_BOT_TOKEN" in told
    assert "--terminal" in told
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"])
def test_it_stays_off_where_real_settings_are(name: str) -> None:
    with pytest.raises(UserError, match=name):
        refuse_real({name: "x"})
    refuse_real({"OPENAI_API_KEY": "x", "FULCRUM_ZONE": "UTC"})
