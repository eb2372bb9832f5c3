"""A file read a column at a time gives what it gives row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.sources.files import usage
from bot.sources.files.pieces import Piece
from bot.sources.files.problems import Problems, Rejection
from bot.sources.files.reading import CsvFile
from bot.sources.files.usage_columns import PlainPieces
from storage.load.staging import Row
from tests.bot.sources.files.shop import USAGE_HEADER

# Columns of a plain file, each value with those that only a careful reading takes or refuses.
USUAL = (
    ("2026-05-04", "2026-05-05"),
    ("ana@x.example", "Ben@X.example", ""),
    ("cursor", "Claude Code"),
    ("anthropic", ""),
    ("claude-sonnet-4-5", "gpt-5", ""),
    ("chat", ""),
    ("", "triage"),
    *(("0", "17", "", "123456789012345"),) * 3,
    ("70", "8000", "123456789012345"),
    ("0", "7", ""),
    *(("1", "0", ""),) * 3,
    ("0.25", "12.5", "", "3", "Included", "0.000000001", "-1.5"),
)
ODD = {
    0: ("2026-13-01", "2026-05-04T10:00:00Z", "2099-01-01", ""),
    2: ("",),
    5: ("talk",),
    7: ("1,234", "-3", "1.5", " 12 ", "\u00b2", "9" * 16, "9" * 5000),
    10: ("3",),
    11: ("9999",),
    15: ("€3", "$1,000.50", "free", "much", "1234567.5"),
}


def _read(path: Path) -> tuple[list[Row], list[Rejection], bool]:
    problems = Problems(path.name)
    clocks = usage.Clocks(ZoneInfo("Europe/Berlin"), date(2026, 11, 18))
    return [*usage.rows(CsvFile(path, usage.COLUMNS, problems), clocks)], problems.listed, clocks.in_utc


@pytest.mark.parametrize("odd", [0, 1, 40])
def test_both_ways_give_the_same_rows_and_the_same_rejections(
    odd: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice, path = Random(odd), tmp_path / "usage.csv"
    by_column: list[bool] = []
    rows = [[dice.choice(values) for values in USUAL] for _ in range(2_300)]
    for _ in range(odd):
        place = dice.choice([*ODD])
        dice.choice(rows[:1_000])[place] = dice.choice(ODD[place])
    quoted = (",".join(f'"{value}"' for value in row) for row in rows)
    path.write_text(USAGE_HEADER + "\n".join(quoted) + "\n", encoding="utf-8")
    plain = PlainPieces.read

    def watched(pieces: PlainPieces, piece: Piece) -> list[Row] | None:
        made = plain(pieces, piece)
        by_column.append(made is not None)
        return made

    monkeypatch.setattr(PlainPieces, "read", watched)
    found = _read(path)
    monkeypatch.setattr(PlainPieces, "read", lambda *_: None)

    assert found == _read(path)
    assert by_column == [not odd, True, True]
