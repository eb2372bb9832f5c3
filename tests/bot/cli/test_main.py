"""The command line as a whole: what it waits for, which release it is, and one line for whatever is wrong."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata

import pytest

from bot.cli.main import main
from tests.shared import ROOT

# What takes long to import and has no part in an answer.
NOT_FOR_AN_ANSWER = (
    "slack_sdk",
    "slack_bolt",
    "flask",
    "openai",
    "PIL",
    "prompt_toolkit",
    "apscheduler",
    "alembic",
    "psycopg",
    "sqlalchemy.orm",
    "pydantic",
    "httpx2",
    "numpy",  # the reader loads it, with its weights
    "onnxruntime",
    "bot.demo",
    "bot.questions.llm.tools",
)
NOT_FOR_LOGS = ("sqlalchemy", "rich", "httpx2", "genai_prices")  # a run that finds one new line is its start
# What the web process loads when somebody asks; until then it fits a small machine.
NOT_FOR_A_START = ("numpy", "onnxruntime", "openai", "pydantic", "alembic", "sqlalchemy.orm")


@pytest.mark.parametrize(
    ("loaded", "needless"),
    [
        ("bot.cli.main, bot.cli.commands, bot.cli.terminal", NOT_FOR_AN_ANSWER),
        ("bot.processes.build", NOT_FOR_A_START),
        ("bot.cli.main, bot.cli.logs", NOT_FOR_LOGS),
    ],
    ids=["ask", "serve", "logs"],
)
def test_a_start_waits_for_no_library_that_it_does_not_need(loaded: str, needless: tuple[str, ...]) -> None:
    program = f"import sys; import {loaded}; print([name for name in {needless!r} if name in sys.modules])"

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_without_a_store_it_says_in_one_line_how_to_fill_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('none')}/none.db")

    assert main(["ask", "tokens last month"]) == 1
    assert capsys.readouterr().err == "fulcrum: There is no store yet. Fill one with: fulcrum import DIR\n"


def test_the_version_is_that_of_the_installed_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["name"]
    monkeypatch.setattr(metadata, "version", {name: "9.8.7"}.__getitem__)

    with pytest.raises(SystemExit, match="0"):
        main(["--version"])

    assert capsys.readouterr().out == "fulcrum 9.8.7\n"


def test_where_no_package_is_installed_there_is_no_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)

    with pytest.raises(SystemExit, match="2"):
        main(["--version"])

    assert "has no version" in capsys.readouterr().err


def test_bad_settings_are_one_message_that_names_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FULCRUM_ZONE", "Mars/Olympus")
    monkeypatch.setenv("PORT", "http")

    assert main(["metrics"]) == 1

    told = capsys.readouterr().err
    assert "FULCRUM_ZONE" in told
    assert "PORT" in told
