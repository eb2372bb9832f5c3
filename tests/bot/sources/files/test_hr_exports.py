"""Exports of HR systems as a roster: Workday's worker report, BambooHR's employees and their job history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.sources.files.hr_exports import KINDS, Staff, recognise
from bot.sources.files.problems import Problems
from bot.sources.files.reading import CsvFile
from storage.load.teams import NO_TEAM
from storage.roster_records import Kind, SpellRecord
from tests.bot.sources.files.papers import reasons

WORKDAY = (
    "Employee_ID,Worker,Email_-_Work,Worker_Type,Job_Profile,Supervisory_Organization,Cost_Center,Manager_ID,"
    "Hire_Date,Original_Hire_Date,Termination_Date,FTE,Effective_Date"
)
EMPLOYEES = "id,employeeNumber,workEmail,status,hireDate,terminationDate,department,location,jobTitle,supervisorEId"
JOBS = "employeeId,date,location,department,division,jobTitle,reportsTo"
ADA, BO = "ada@acme.example", "bo@acme.example"
Told = tuple[str, str, str, date, date | None]


def read(folder: Path, files: Mapping[str, str]) -> tuple[list[SpellRecord], dict[str, CsvFile]]:
    staff, opened = Staff(), dict[str, CsvFile]()
    for kind, text in files.items():
        path = folder / f"{kind}.csv"
        path.write_text(text)
        opened[kind] = CsvFile(path, KINDS[kind], Problems(path.name))
        staff.read(kind, opened[kind])
    return [spell for _, _, spell in staff.spells()], opened


def said(spells: list[SpellRecord]) -> list[Told]:
    return [(spell.email, spell.team, spell.title, spell.start, spell.end) for spell in spells]


def lines(header: str, *rows: str) -> str:
    return "\n".join((header, *rows, ""))


def test_each_export_is_told_by_its_headings() -> None:
    assert recognise(WORKDAY.split(",")) == "workday"
    assert recognise(EMPLOYEES.split(",")) == "bamboohr"
    assert recognise(JOBS.split(",")) == "bamboohr jobs"
    assert recognise(["email", "team", "start_date"]) == ""


def test_a_workers_rows_are_spells_from_their_effective_dates(tmp_path: Path) -> None:
    rows = (
        "1,Ada L,ada@acme.example,Employee,Engineer,Platform (Cy D),,9,2025-01-02,2020-01-01,,1,2025-01-02",
        "1,Ada L,ada@acme.example,Employee,Lead,Payments (Cy D),,9,2025-01-02,2020-01-01,,1,2026-09-01",
        "9,Cy D,CY@acme.example,Contingent Worker,,Payments (Di),,,2024-01-01,,2026-10-15,,2024-01-01",
    )
    spells, _ = read(tmp_path, {"workday": lines(WORKDAY, *rows)})

    assert said(spells) == [
        (ADA, "Platform", "Engineer", date(2025, 1, 2), date(2026, 8, 31)),
        (ADA, "Payments", "Lead", date(2026, 9, 1), None),
        ("cy@acme.example", "Payments", "", date(2024, 1, 1), date(2026, 10, 15)),
    ]
    assert {spell.manager_email for spell in spells} == {"cy@acme.example", ""}
    assert [spell.kind for spell in spells] == [Kind.EMPLOYEE, Kind.EMPLOYEE, Kind.CONTRACTOR]
    assert all(spell.makes_team for spell in spells)


def test_the_days_before_a_team_is_known_are_spent_in_none(tmp_path: Path) -> None:
    row = "1,Ada L,ada@acme.example,Employee,Engineer,Payments,,,2025-01-02,,,1,2026-09-01"
    spells, _ = read(tmp_path, {"workday": lines(WORKDAY, row)})

    assert said(spells) == [
        (ADA, NO_TEAM, "", date(2025, 1, 2), date(2026, 8, 31)),
        (ADA, "Payments", "Engineer", date(2026, 9, 1), None),
    ]


def test_employees_have_the_history_of_their_jobs_and_end_when_they_left(tmp_path: Path) -> None:
    employees = lines(
        EMPLOYEES,
        "1,1001,ada@acme.example,Active,2025-01-02,0000-00-00,Payments,Oslo,Staff,1002",
        "2,1002,bo@acme.example,Inactive,2024-01-01,2026-10-15,Platform,Oslo,Engineer,",
    )
    jobs = lines(JOBS, "1,2026-09-01,Oslo,Payments,R&D,Staff,Bo", "1,2025-01-02,Oslo,Platform,R&D,Senior,Bo")
    spells, _ = read(tmp_path, {"bamboohr": employees, "bamboohr jobs": jobs})

    assert said(spells) == [
        (ADA, "Platform", "Senior", date(2025, 1, 2), date(2026, 8, 31)),
        (ADA, "Payments", "Staff", date(2026, 9, 1), None),
        (BO, "Platform", "Engineer", date(2024, 1, 1), date(2026, 10, 15)),
    ]
    assert spells[0].manager_email == BO


def test_who_was_hired_again_is_there_from_that_day_on(tmp_path: Path) -> None:
    employees = lines(EMPLOYEES, "1,1001,ada@acme.example,Active,2026-03-01,,Payments,,,")
    jobs = lines(JOBS, "1,2019-01-02,,Platform,,,", "1,2026-01-01,,Risk,,,", "1,2026-05-01,,Payments,,,")
    spells, _ = read(tmp_path, {"bamboohr": employees, "bamboohr jobs": jobs})

    assert [row[1::2] for row in said(spells)] == [("Risk", date(2026, 3, 1)), ("Payments", date(2026, 5, 1))]


def test_of_somebody_in_two_exports_the_one_with_more_history_counts(tmp_path: Path) -> None:
    files = {
        "workday": lines(WORKDAY, "1,Ada,ada@acme.example,,,Payments,,,2025-01-02,,,1,2026-09-01"),
        "bamboohr": lines(EMPLOYEES, "1,1001,ada@acme.example,Active,2025-01-02,,Payments,,,"),
        "bamboohr jobs": lines(JOBS, "1,2025-01-02,,Platform,,,", "1,2026-09-01,,Payments,,,"),
    }
    spells, _ = read(tmp_path, files)

    assert [row[1] for row in said(spells)] == ["Platform", "Payments"]


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("workday", lines(WORKDAY, ",Ada,a@x.example,,,T,,,2025-01-02,,,1,2025-01-02"), "Employee_ID is empty"),
        ("workday", lines(WORKDAY, "1,Ada,,,,T,,,2025-01-02,,,1,2025-01-02"), "e-mail is empty"),
        ("bamboohr", lines(EMPLOYEES, "1,2,a@x.example,Active,0000-00-00,,T,,,"), "the hire date is empty"),
        (
            "bamboohr",
            lines(EMPLOYEES, "1,2,a@x.example,Inactive,2026-01-02,2026-01-01,T,,,"),
            "the termination date 2026-01-01 is before the hire date 2026-01-02",
        ),
        ("bamboohr jobs", lines(JOBS, "7,0000-00-00,,T,,,"), "date is empty"),
        ("bamboohr jobs", lines(JOBS, "7,2026-01-01,,T,,,"), "no employee of the files has the id 7"),
    ],
)
def test_what_cannot_be_is_rejected_with_its_line(tmp_path: Path, kind: str, text: str, reason: str) -> None:
    spells, opened = read(tmp_path, {kind: text})

    assert spells == []
    assert reasons(opened[kind]) == [(2, reason)]
