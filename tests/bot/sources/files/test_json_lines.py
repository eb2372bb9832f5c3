"""JSON lines become an import file whose rows stand one line below theirs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bot.sources.files.json_lines import MOST_FIELDS, to_csv
from bot.sources.files.problems import FileRefused


def converted(folder: Path, *lines: object) -> list[list[str]]:
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    (folder / "lines").write_text(text, "utf-8")
    to_csv(folder / "lines", folder / "file.csv")
    with (folder / "file.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]


def test_fields_are_columns_by_their_names_whatever_their_order(tmp_path: Path) -> None:
    assert converted(tmp_path, {"a": 1, "b": "x"}, {"c": None, "b": "y"}) == [
        ["a", "b", "c"],
        ["1", "x", ""],
        ["", "y", ""],
    ]


@pytest.mark.parametrize(
    ("value", "cell"),
    [(True, "yes"), (0.00001, "0.00001"), (1e15, "1000000000000000"), (["a", "b"], "a|b"), ("a\nb", "a b"), ({}, "{}")],
)
def test_a_value_is_a_cell_without_line_ends(tmp_path: Path, value: object, cell: str) -> None:
    assert converted(tmp_path, {"a": value, "b": 1})[1] == [cell, "1"]


def test_a_line_that_is_no_object_and_an_empty_one_keep_their_places(tmp_path: Path) -> None:
    rows = converted(tmp_path, {"a": 1, "b": 2}, "", "broken", [7], {"a": 3, "b": 4})

    assert [len(row) for row in rows] == [2, 2, 0, 1, 1, 2]


@pytest.mark.parametrize("lines", [("",), ("no JSON",), ([1],)])
def test_a_file_without_an_object_is_refused(tmp_path: Path, lines: tuple[object, ...]) -> None:
    with pytest.raises(FileRefused, match="JSON object"):
        converted(tmp_path, *lines)


def test_a_file_of_ever_other_fields_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="different fields"):
        converted(tmp_path, *({f"field{number}": 1} for number in range(MOST_FIELDS + 1)))
