"""What commands have in common."""

from __future__ import annotations

import argparse

import pytest

from bot.cli.parsing import command_of
from bot.settings import Settings
from tests.bot.cli.parsed import parsed


def count_beans(parsed: argparse.Namespace, settings: Settings) -> int:
    """Count the beans."""
    return 0


def test_the_first_line_of_what_a_command_runs_is_its_help() -> None:
    parser = argparse.ArgumentParser()
    made = command_of(parser.add_subparsers(), "count", count_beans)

    assert "Count the beans." in parser.format_help()
    assert made.parse_args([]).run is count_beans


def test_every_command_may_name_its_organisation() -> None:
    assert parsed("metrics", "--workspace", "Two").workspace == "Two"


def test_what_a_command_does_beside_its_work_takes_the_organisation_before_its_name_and_behind_it() -> None:
    for words in (["mcp", "--workspace", "T7", "tokens"], ["mcp", "tokens", "--workspace", "T7"]):
        assert parsed(*words).workspace == "T7"
    assert parsed("mcp", "tokens").workspace is None


def test_a_day_that_is_none_is_told_how_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("ask", "--as-of", "yesterday", "tokens")

    assert "'yesterday' is no day; write it as 2026-11-18" in capsys.readouterr().err
