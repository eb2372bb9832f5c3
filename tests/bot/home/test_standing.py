"""What somebody is on a day: who leads people with nobody above leads all, who leads people leads a team."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.home.standing import HomePlace, HomeRole, standing
from storage.engine import writing_engine
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.names import read_directory
from storage.roster_records import SpellRecord, TeamRecord
from tests.databases import fresh_store

START, DAY = date(2026, 1, 1), date(2026, 11, 18)


def spell(name: str, team: str, manager: str = "", end: date | None = None) -> SpellRecord:
    return SpellRecord(email=name, name=name, team=team, manager_email=manager, start=START, end=end)


def test_standing_follows_the_roster_of_the_day(tmp_path: Path) -> None:
    spells = [
        spell("cto", "Engineering"),
        spell("lead", "Platform", "cto"),
        spell("dev", "Platform", "lead"),
        spell("past lead", "Platform", "cto"),
        spell("left", "Platform", "past lead", end=date(2026, 6, 30)),
    ]
    platform = ("Platform", "Engineering")
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            save_teams(
                connection, 1, [TeamRecord(name="Engineering"), TeamRecord(name="Platform", parent="Engineering")]
            )
            save_roster(connection, 1, spells)
            directory = read_directory(connection, 1)
            found = {
                who: standing(connection, directory, who, DAY) for who in ("cto", "lead", "dev", "past lead", "zoe")
            }
            before = standing(connection, directory, "past lead", date(2026, 6, 1))
        engine.dispose()

    assert found == {
        "cto": HomePlace(HomeRole.LEADER, ()),
        "lead": HomePlace(HomeRole.LEAD, platform),
        "dev": HomePlace(HomeRole.MEMBER, platform),
        "past lead": HomePlace(HomeRole.MEMBER, platform),
        "zoe": HomePlace(HomeRole.MEMBER, ()),
    }
    assert before == HomePlace(HomeRole.LEAD, platform)
