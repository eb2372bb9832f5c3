"""Who is in which team from when to when, by the headings that people give these columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.sources.files.roster import COLUMNS, read
from storage.roster_records import Kind, SpellRecord
from tests.bot.sources.files.papers import opened, reasons

HEADER = "email,name,team,title,manager_email,kind,location,start_date,end_date\n"


def test_a_line_is_a_spell_in_a_team(tmp_path: Path) -> None:
    line = " Ana@Acme.example ,Ana Berg,Platform,Dev,BO@acme.example,Contractor,Berlin,2026-01-01,2026-06-30\n"
    file = opened(tmp_path, COLUMNS, HEADER + line)

    assert read(file) == [
        (
            2,
            SpellRecord(
                email="ana@acme.example",
                name="Ana Berg",
                team="Platform",
                title="Dev",
                manager_email="bo@acme.example",
                kind=Kind.CONTRACTOR,
                location="Berlin",
                start=date(2026, 1, 1),
                end=date(2026, 6, 30),
            ),
        )
    ]


def test_what_is_not_said_is_an_employee_called_by_the_address_who_is_still_there(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "Work Email,Department,Hire Date\nana@acme.example,Platform,2026-01-01\n")

    ((_, spell),) = read(file)
    assert (spell.name, spell.kind, spell.end, spell.title) == ("ana@acme.example", Kind.EMPLOYEE, None, "")


def test_days_are_read_in_the_order_that_the_whole_file_tells(tmp_path: Path) -> None:
    text = "email,team,start_date\nana@acme.example,Platform,09/07/2026\nbo@acme.example,Platform,31/07/2026\n"

    assert [spell.start for _, spell in read(opened(tmp_path, COLUMNS, text))] == [
        date(2026, 7, 9),
        date(2026, 7, 31),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",,Platform,,,,,2026-01-01,", "email is empty"),
        ("ana@acme.example,,,,,,,2026-01-01,", "team is empty"),
        ("ana@acme.example,,Platform,,,,,,", "start_date is empty"),
        ("ana@acme.example,,Platform,,,,,1899-12-31,", "start_date is 1899-12-31, before 1900"),
        (
            "ana@acme.example,,Platform,,,,,2026-02-01,2026-01-31",
            "end_date 2026-01-31 is before start_date 2026-02-01",
        ),
        (
            "ana@acme.example,,Platform,,,robot,,2026-01-01,",
            "kind is 'robot', not one of employee, contractor, agent",
        ),
    ],
)
def test_what_cannot_be_a_spell_is_rejected(tmp_path: Path, line: str, reason: str) -> None:
    file = opened(tmp_path, COLUMNS, f"{HEADER}{line}\n")

    assert read(file) == []
    assert reasons(file) == [(2, reason)]
