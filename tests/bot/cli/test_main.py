"""The command line as a whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.cli.main import main

# What takes long to import and has no part in an answer.
NOT_FOR_AN_ANSWER = ("slack_sdk", "slack_bolt", "flask", "openai", "PIL", "prompt_toolkit", "apscheduler", "bot.demo")


def test_an_answer_waits_for_no_library_that_it_does_not_need() -> None:
    program = (
        "import sys; import bot.cli.main, bot.cli.commands, bot.cli.terminal; "
        f"print([name for name in {NOT_FOR_AN_ANSWER!r} if name in sys.modules])"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_without_a_store_it_says_in_one_line_how_to_fill_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('none')}/none.db")

    assert main(["ask", "tokens last month"]) == 1
    assert capsys.readouterr().err == "fulcrum: There is no store yet. Fill one with: fulcrum import DIR\n"
