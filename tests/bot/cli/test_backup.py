"""`fulcrum backup` and `fulcrum restore`: there and back, with a line of what was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main


def test_a_store_is_saved_and_brought_back(
    larkspur: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    monkeypatch.setenv("DATABASE_URL", larkspur)
    assert main(["backup", str(copy)]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert main(["restore", str(copy)]) == 0
    assert main(["restore", str(copy)]) == 1

    saved, brought = capsys.readouterr().out.splitlines()
    assert saved.startswith(f"{copy} holds ")
    assert brought == f"The store holds {saved.removeprefix(f'{copy} holds ').removesuffix('.')} of {copy}."
    assert copy.stat().st_mode & 0o077 == 0
