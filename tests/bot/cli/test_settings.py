"""The settings as they are printed: a table to read, a file to fill in."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.cli.main import main
from bot.cli.settings import env, markdown
from bot.settings import FIELDS, Settings, load
from bot.sources.catalogue import declared

NAMES = [*FIELDS, *(name for name, _, _ in declared(FIELDS))]


def test_the_table_has_a_row_for_each_setting_with_its_default() -> None:
    rows = markdown().splitlines()[2:]

    assert [row.split("`")[1] for row in rows] == NAMES
    assert "| `PORT` | where `fulcrum serve` listens; 0 takes a free port | `3000` |" in rows
    assert all(row.count(" |") == 3 for row in rows)


def test_the_file_sets_nothing_until_something_is_taken_from_its_comments() -> None:
    lines = env().splitlines()

    assert all(line.startswith("#") for line in lines if line)
    assert [line[2:].split("=")[0] for line in lines if "=" in line and line[2:3].isupper()] == NAMES


def test_a_shell_reads_the_file_once_the_marks_are_off() -> None:
    names = "|".join(NAMES)
    filled = subprocess.run(["sed", "-E", f"s/^# (({names})=)/\\1/"], input=env(), capture_output=True, text=True)
    script = f"set -a\n{filled.stdout}\nset +a\nexec env -0"
    ran = subprocess.run(
        ["sh", "-c", script], env={"PATH": "/usr/bin:/bin"}, check=True, capture_output=True, text=True
    )
    environ = dict(line.split("=", 1) for line in ran.stdout.split("\0") if line)

    assert set(NAMES) <= set(environ)
    assert replace(load(environ), sources={}) == Settings()


@pytest.mark.parametrize(("option", "printed"), [("--markdown", markdown), ("--env", env)])
def test_the_command_prints_either(option: str, printed: Callable[[], str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", option]) == 0
    assert capsys.readouterr().out == f"{printed()}\n"
