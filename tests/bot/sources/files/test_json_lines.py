"""JSON lines as an import file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.sources.files.json_lines import MOST_FIELDS, to_csv
from bot.sources.files.problems import FileRefused


def converted(tmp_path: Path, text: str | bytes) -> list[list[str]]:
    """The rows of the CSV, its head first."""
    lines, into = tmp_path / "use.jsonl", tmp_path / "use.csv"
    lines.write_bytes(text if isinstance(text, bytes) else text.encode())
    to_csv(lines, into)
    with into.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]


def test_each_object_is_a_row_under_the_names_of_all_fields(tmp_path: Path) -> None:
    assert converted(tmp_path, '{"day": "2026-11-06", "tokens": 5}\n{"tokens": 6, "tool": "ide"}\n') == [
        ["day", "tokens", "tool"],
        ["2026-11-06", "5", ""],
        ["", "6", "ide"],
    ]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("null", ""),
        ("true", "yes"),
        ("false", "no"),
        ("1e-7", "0.0000001"),
        ("1.5", "1.5"),
        ('["a", "b"]', "a|b"),
        ('"two\\nlines"', "two lines"),
        ('{"deep": 1}', '{"deep":1}'),
    ],
)
def test_a_value_is_a_cell_of_one_line(tmp_path: Path, value: str, cell: str) -> None:
    assert converted(tmp_path, f'{{"x": {value}, "y": 1}}')[1][0] == cell


@pytest.mark.parametrize("bad", ["no json", "[1]", '{"cut": ', "5"])
def test_a_line_that_is_no_object_stays_a_row_that_is_bad(tmp_path: Path, bad: str) -> None:
    rows = converted(tmp_path, f'{{"day": 1, "tool": 2}}\n{bad}\n{{"day": 3, "tool": 4}}\n')

    assert len(rows) == 4
    assert rows[2] == ["a line that is no JSON object"]


def test_an_empty_line_and_a_mark_of_the_encoding_move_no_row(tmp_path: Path) -> None:
    rows = converted(tmp_path, b'\xef\xbb\xbf{"day": 1}\n\n{"day": 2}\n')

    assert rows == [["day"], ["1"], [], ["2"]]


def test_what_holds_no_object_or_too_many_fields_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no JSON object"):
        converted(tmp_path, "day,tool\n1,2\n")
    many = ", ".join(f'"f{number}": 1' for number in range(MOST_FIELDS + 1))
    with pytest.raises(FileRefused, match="different fields"):
        converted(tmp_path, f"{{{many}}}")
