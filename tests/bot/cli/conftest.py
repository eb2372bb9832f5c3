"""The command line over a store of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.runs import Line


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'fulcrum.db'}")
    return Line(tmp_path, capsys)
