"""An import file is read row by row with the lines they begin on; what cannot be trusted is refused whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.files.dates import DateOrder, DecimalMark
from bot.sources.files.problems import FileRefused
from bot.sources.files.reading import TOLD_EVERY, Columns, CsvFile
from tests.bot.sources.files.papers import opened, reasons

COLUMNS = Columns(
    known=("date", "email", "cost"),
    needed=("date",),
    optional=("note",),
    either=(("email", "id"),),
    aliases={"user_email": "email", "id": "id"},
)
WANTED = ("email", "cost", "note")

fields = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


def read(file: CsvFile) -> list[tuple[int, list[str]]]:
    return list(file.rows(WANTED))


def test_the_wanted_columns_come_in_their_order_with_the_line_a_row_begins_on(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, 'cost,date,User Email\n1,2026-05-04,"a\nb"\n2,2026-05-05,c\n')

    assert read(file) == [(2, ["a\nb", "1", ""]), (4, ["c", "2", ""])]
    assert file.read == 2


@given(st.lists(st.tuples(fields, fields), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_every_field_reads_back_whatever_it_holds(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], end: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(("date", "email", "cost"))
    writer.writerows(("2026-05-04", *row) for row in rows)

    file = opened(tmp_path_factory.getbasetemp(), COLUMNS, out.getvalue())

    assert [tuple(found[:2]) for _, found in read(file)] == rows
    assert reasons(file) == []


def test_how_the_file_writes_days_and_numbers_is_known_with_the_first_row(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "date;email;cost\n09/07/2026;a;1.234,5\n31/07/2026;b;2\n")

    next(file.rows(("date", "email", "cost")))

    assert (file.order, file.mark) == (DateOrder.DAY_FIRST, DecimalMark.COMMA)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file is empty"),
        ("\n", "the file is empty"),
        ("email,cost\n", "a needed column is missing: date"),
        ("date,cost\n", "a needed column is missing: email or id"),
        ("date,email,Date\n", "the header has a column twice: date"),
        (b"date,email\n2026-05-04,\xff\xfa\n", "line 2 is not UTF-8"),
    ],
)
def test_a_file_without_a_sound_header_or_encoding_is_refused(tmp_path: Path, text: str | bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        read(opened(tmp_path, COLUMNS, text))


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "")
    file.path.unlink()

    with pytest.raises(FileRefused, match="it cannot be read: No such file"):
        read(file)


def test_a_row_of_another_width_is_rejected_an_empty_one_skipped_and_a_sum_left_out(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "date,email,cost\n2026-05-04,a\n\n2026-05-04,a,1,2\nTotal,1\n2026-05-04,b,1\n")

    assert read(file) == [(6, ["b", "1", ""])]
    assert reasons(file) == [
        (2, "2 fields instead of 3: was the line cut off?"),
        (4, "4 fields instead of 3"),
    ]
    assert "line 5 is a sum of the others and was left out" in file.problems.warnings


def test_what_is_odd_about_the_columns_is_said(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "date,user-email,mood\n2026-05-04,a,good")

    read(file)

    assert file.problems.warnings == [
        "columns were read by another name: 'user-email' as email",
        "unknown columns were left out: 'mood'",
        "columns that are not there were taken as empty: cost",
        "the last line has no line end; check that the file is whole",
    ]


def test_the_progress_is_told_now_and_then_and_ends_with_the_file(tmp_path: Path) -> None:
    told: list[int] = []
    file = opened(tmp_path, COLUMNS, "date,email\n" + "2026-05-04,a\n" * (2 * TOLD_EVERY))
    file.told = told.append

    read(file)

    assert len(told) == 3
    assert told == sorted(told)
    assert told[-1] == file.path.stat().st_size


def test_a_header_fits_a_kind_of_file_that_it_has_all_needed_columns_of() -> None:
    assert COLUMNS.fit(["Date", "User Email"])
    assert COLUMNS.fit(["date", "id"])
    assert not COLUMNS.fit(["date", "cost"])
    assert not COLUMNS.fit(["email"])


def test_a_unit_behind_a_heading_is_no_other_column_where_it_says_nothing_new() -> None:
    headings = ("Date (UTC)", "Timestamp (UTC)", "Cost (USD)", "Cost (EUR)", "Email (#)")

    assert [COLUMNS.open_name(heading) for heading in headings] == [
        "date",
        "timestamp_(utc)",  # would be a time of here
        "cost",
        "cost_(eur)",
        "email",
    ]
