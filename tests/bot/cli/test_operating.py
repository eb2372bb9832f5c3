"""Commands for who runs Fulcrum."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import operating
from tests.bot.cli.parsed import parsed


def test_a_copy_has_its_file_and_a_process_takes_nothing() -> None:
    assert (parsed("backup", "a.db").run, parsed("backup", "a.db").file) == (operating.backup, Path("a.db"))
    assert (parsed("serve").run, parsed("worker").run) == (operating.serve, operating.worker)


def test_tokens_of_agents_are_made_listed_and_refused() -> None:
    assert parsed("mcp").action is None
    assert (parsed("mcp", "token", "ana@x.example").email, parsed("mcp", "revoke", "3").id) == ("ana@x.example", 3)


def test_settings_are_printed_one_way_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("settings", "--env", "--markdown")
    assert "not allowed with" in capsys.readouterr().err
