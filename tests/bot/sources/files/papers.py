"""An import file with this text, opened to be read alone."""

from __future__ import annotations

from pathlib import Path

from bot.sources.files.problems import Problems
from bot.sources.files.reading import Columns, CsvFile


def opened(folder: Path, columns: Columns, text: str | bytes) -> CsvFile:
    """The file and, in `problems`, what was found wrong with it."""
    path = folder / "paper.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CsvFile(path, columns, Problems(path.name))


def reasons(file: CsvFile) -> list[tuple[int, str]]:
    """The rejected rows, by line and reason."""
    return [(rejection.line, rejection.reason) for rejection in file.problems.listed]
