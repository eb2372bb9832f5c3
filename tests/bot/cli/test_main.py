"""The command line's own words: which release it is, and one line for whatever is wrong."""

from __future__ import annotations

import tomllib
from importlib import metadata

import pytest

from bot.cli.main import main
from tests.shared import ROOT


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
