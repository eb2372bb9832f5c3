"""How a file is dressed is told by its header: encoding, delimiter, and what a spreadsheet writes above it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.files.sniffing import DELIMITERS, Dress, column, sniff

KNOWN = {"date", "email", "tool", "requests"}


def dress(path: Path, text: str, encoding: str = "utf-8") -> Dress:
    path.write_bytes(text.encode(encoding))
    return sniff(path, KNOWN)


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_header_tells_its_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str, told: str) -> None:
    text = delimiter.join(("Date", "Email", "Cost, in $")) + "\n" + delimiter.join(("2026-05-04", "a@x", "1")) + "\n"

    assert dress(tmp_path / "a.csv", text, encoding) == Dress(told, delimiter)


def test_a_line_that_says_what_separates_is_no_header(tmp_path: Path) -> None:
    assert dress(tmp_path / "a.csv", "sep=;\r\nDate,Email;Tool\r\n") == Dress("utf-8-sig", ";", above=1)


def test_where_no_heading_is_known_the_rows_tell(tmp_path: Path) -> None:
    text = "wer;was;wann\n" + "anna;review;montag\n" * 20

    assert dress(tmp_path / "a.csv", text).delimiter == ";"


@pytest.mark.parametrize("text", ["", "email\na@x\n", "one column\nof words\n"])
def test_a_file_of_nothing_or_of_one_column_is_read_by_commas(tmp_path: Path, text: str) -> None:
    assert dress(tmp_path / "a.csv", text).delimiter == ","


@pytest.mark.parametrize("heading", ["User Email", "user-email", " USER_EMAIL ", "\ufeffuser  email"])
def test_spellings_of_a_heading_are_one(heading: str) -> None:
    assert column(heading) == "user_email"


@given(st.sampled_from(DELIMITERS), st.lists(st.text("ab,;|\t ", max_size=6), min_size=2, max_size=5))
def test_whatever_the_fields_hold_the_header_decides(delimiter: str, fields: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["date", "email", *("x" * len(fields))][: len(fields)])
    writer.writerow(fields)
    path = Path(__file__).with_suffix(".none")

    class Shown(type(path)):  # type: ignore[misc]
        def open(self, mode: str = "r", **_: object) -> io.BytesIO:
            return io.BytesIO(out.getvalue().encode())

    assert sniff(Shown(path), KNOWN).delimiter == delimiter


def test_a_header_may_lie_below_a_title(tmp_path: Path) -> None:
    title = "Usage report\nGenerated, 2026-11-18\n\n"

    assert dress(tmp_path / "a.csv", f"{title}Date;Email;Tool;Requests\n") == Dress("utf-8-sig", ";", above=3)
    assert dress(tmp_path / "a.csv", f"{title}Date;Email;Tool\n").above == 0, "so few words can be a row"
