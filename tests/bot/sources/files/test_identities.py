"""What sources call people: an address or an id of a vendor's, or a whole domain, from a day to a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.sources.files.identities import COLUMNS, read, record
from bot.sources.files.problems import BadRow
from storage.records import IdentityRecord
from tests.bot.sources.files.papers import opened, reasons


def test_an_outside_id_stands_for_an_address_for_a_time_or_for_good(tmp_path: Path) -> None:
    text = "id,email,start_date,end_date\nu-17,Ana@Firm.example,2026-01-01,2026-06-30\n@old.example,@firm.example,,\n"
    file = opened(tmp_path, COLUMNS, text)

    assert read(file) == [
        (
            2,
            IdentityRecord(outside_id="u-17", email="ana@firm.example", start=date(2026, 1, 1), end=date(2026, 6, 30)),
        ),
        (3, IdentityRecord(outside_id="@old.example", email="@firm.example")),
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (["", "ana@firm.example", "", ""], "outside_id is empty"),
        (["u-17", "", "", ""], "email is empty"),
        (["ANA@firm.example", "ana@firm.example", "", ""], "are the same"),
        (["@old.example", "ana@firm.example", "", ""], "a domain"),
        (["u-17", "@firm.example", "", ""], "a domain"),
        (["u-17", "ana@firm.example", "2026-02-01", "2026-01-31"], "to 2026-01-31 is before from 2026-02-01"),
        (["u-17", "ana@firm.example", "soon", ""], "from is 'soon'"),
        (["u-*-*", "*@firm.example", "", ""], "one \\* stands for a part"),
        (["u-17", "*@firm.example", "", ""], "one \\* stands for a part"),
    ],
)
def test_what_cannot_be_an_identity_is_refused_with_the_reason(fields: list[str], reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        record(fields)


def test_a_pattern_is_kept_as_it_is() -> None:
    assert record(["*_Firm", "*@firm.example", "", ""]) == IdentityRecord(outside_id="*_Firm", email="*@firm.example")
    assert record(["ci-*", "bot@firm.example", "", ""]).email == "bot@firm.example"


def test_a_bad_row_of_a_file_is_named_by_its_line(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "outside_id,email\nu-17,ana@firm.example\nu-18,\n")

    assert [line for line, _ in read(file)] == [2]
    assert reasons(file) == [(3, "email is empty")]
