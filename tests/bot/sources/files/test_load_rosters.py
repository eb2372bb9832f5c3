"""The exports of HR systems in a folder are one roster, with the past as it was, in teams of their own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from bot.sources.files.load import import_folder
from storage.load.undoing import undo
from storage.tables import Person, Spell, Team
from tests.bot.sources.files.shop import Shop, clock
from tests.shared import needs_shared, shared

EMPLOYEES = (
    "id,employeeNumber,workEmail,status,hireDate,terminationDate,department\n"
    "1,1001,ana@acme.example,Active,2025-01-02,,Payments\n"
    "2,1002,bo@acme.example,Inactive,2024-01-01,2026-10-15,Platform\n"
)
JOBS = "employeeId,date,department,jobTitle,reportsTo\n1,2025-01-02,Platform,,\n1,2026-09-01,Payments,,\n"


def on(shop: Shop, day: date) -> dict[str, str]:
    """Who is in which team on a day."""
    rows = (
        select(Person.email, Team.name)
        .join_from(Spell, Person, Person.id == Spell.person_id)
        .join(Team, Team.id == Spell.team_id)
        .where(Spell.start_day <= day, Spell.end_day >= day)
    )
    with shop.engine.connect() as connection:
        return {email: team for email, team in connection.execute(rows)}


def test_everybody_is_in_the_team_of_the_day(shop: Shop) -> None:
    report = shop.load(employees=EMPLOYEES, job_history=JOBS)

    assert report.ok
    assert on(shop, date(2026, 8, 31)) == {"ana@acme.example": "Platform", "bo@acme.example": "Platform"}
    assert on(shop, date(2026, 9, 2)) == {"ana@acme.example": "Payments", "bo@acme.example": "Platform"}
    assert on(shop, date(2026, 11, 1)) == {"ana@acme.example": "Payments"}
    assert (
        sum(file.new + file.changed + file.removed for file in shop.load(employees=EMPLOYEES, job_history=JOBS).files)
        == 0
    )


def test_a_department_that_teams_csv_has_another_word_for_is_that_team(shop: Shop) -> None:
    shop.load(employees=EMPLOYEES, job_history=JOBS, teams="team,parent,aliases\nMoney,,payments\nPlatform,,\n")

    assert on(shop, date(2026, 11, 1)) == {"ana@acme.example": "Money"}


def test_a_roster_of_ones_own_comes_after_them_and_is_taken_back_without_loss(shop: Shop) -> None:
    report = shop.load(
        employees=EMPLOYEES,
        job_history=JOBS,
        teams="team\nCore\n",
        roster="email,team,start_date\nzoe@acme.example,Core,2020-01-01\n",
    )
    assert on(shop, date(2026, 9, 2)) == {"zoe@acme.example": "Core"}

    own = [file.load_id for file in report.files if file.file == "roster.csv"]
    with shop.engine.begin() as connection:
        undo(connection, shop.workspace_id, own[0], clock())

    assert on(shop, date(2026, 9, 2)) == {"ana@acme.example": "Payments", "bo@acme.example": "Platform"}


@needs_shared
def test_the_samples_of_hr_systems_are_the_roster_that_their_totals_say(shop: Shop) -> None:
    report = import_folder(shared("data") / "wire" / "roster", shop.engine, shop.workspace_id, clock=clock)

    assert report.ok
    assert on(shop, date(2026, 8, 31)) == {"ada@acme.test": "Platform", "bo@acme.test": "Platform"}
    assert on(shop, date(2026, 9, 2)) == {"ada@acme.test": "Payments", "bo@acme.test": "Platform"}
    assert on(shop, date(2026, 11, 1)) == {"ada@acme.test": "Payments"}
    assert [len(on(shop, date(2026, 10, day))) for day in (14, 16)] == [2, 1]
