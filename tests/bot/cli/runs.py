"""The command line over a store of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main


class Line:
    """Runs commands; `files` is a folder of import files."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        self._capsys = capsys

    def write(self, **files: str) -> None:
        """Write these import files, beside those that are there."""
        for name, text in files.items():
            (self.files / f"{name}.csv").write_text(text, encoding="utf-8")

    def run(self, *arguments: object, code: int = 0) -> str:
        """What a command prints: on standard output where it ends well, else on standard error."""
        self._capsys.readouterr()
        assert main([*map(str, arguments)]) == code
        told = self._capsys.readouterr()
        return told.out if told.out or not code else told.err

    def data(self, *arguments: object, code: int = 0) -> Any:
        """What a command prints as data."""
        return json.loads(self.run(*arguments, "--json", code=code))
