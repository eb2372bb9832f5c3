"""Teams that roster sources name: found, made where they are new, put in place."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from storage.load.identities import FIRST_DAY
from storage.load.teams import NO_TEAM, ensure_teams, known_teams, place_teams
from storage.records import AliasRecord
from storage.roster_records import TeamRecord
from storage.tables import OPEN_END, Team
from tests.storage.load.stores import ANA, BO, JULY, JUNE, Store
from tests.storage.load.test_roster_snapshots import loaded, person, spells, told


def test_a_team_that_is_new_is_made_and_gone_when_nobody_was_ever_in_it(store: Store) -> None:
    told(store, JUNE, person(ANA, "Risk", start=JUNE))
    assert spells(store)[0][1] == "Risk"

    told(store, JUNE, person(ANA, start=JUNE))
    with store.engine.connect() as connection:
        assert "Risk" not in {*connection.scalars(select(Team.name))}


def test_who_has_no_team_is_counted_without_one(store: Store) -> None:
    told(store, JUNE, replace(person(ANA), teams=()))

    assert spells(store)[0][1] == NO_TEAM


def test_an_alias_of_a_team_is_that_team_also_when_it_is_said_later(store: Store) -> None:
    told(store, JUNE, person(ANA, "plat-eng"), person(BO, "Eng"))
    assert [row[1] for row in spells(store)] == ["plat-eng", "Eng"]

    loaded(store, TeamRecord(name="Platform", aliases=("plat-eng",)), TeamRecord(name="Engineering"), kind="teams")
    loaded(store, AliasRecord(kind="team", name="Engineering", alias="eng"), kind="aliases")

    assert [row[1] for row in spells(store)] == ["Platform", "Engineering"]


def test_of_several_teams_one_that_is_known_counts_and_somebody_stays_in_theirs(store: Store) -> None:
    told(store, JUNE, person(ANA, "vpn users", "platform"), person(BO, "b", "a"))
    told(store, JULY, person(ANA, "Engineering", "platform"), person(BO, "a", "b"))

    assert [row[1:3] for row in spells(store)] == [("Platform", FIRST_DAY), ("b", FIRST_DAY)]


def test_a_team_is_put_below_the_one_its_source_says_but_where_a_file_puts_it_it_stays(store: Store) -> None:
    tree = (TeamRecord(name="Risk", parent="Finance"), TeamRecord(name="Platform", parent="Finance"))
    told(store, JUNE, person(ANA, "Risk"), person(BO), teams=tree)

    above = Team.__table__.alias("above")
    rows = select(Team.name, above.c.name).join(above, above.c.id == Team.parent_id)
    with store.engine.connect() as connection:
        assert {name: parent for name, parent in connection.execute(rows)} == {
            "Risk": "Finance",
            "Platform": "Engineering",
        }


def test_teams_in_a_circle_stand_at_the_top(store: Store) -> None:
    circle = (TeamRecord(name="Risk", parent="Tax"), TeamRecord(name="Tax", parent="risk"))
    told(store, JUNE, person(ANA, "Risk"), teams=circle)

    with store.engine.connect() as connection:
        assert connection.scalar(select(Team.parent_id).where(Team.name == "Risk")) is None


def test_a_teams_file_that_names_a_sources_team_takes_it_over(store: Store) -> None:
    told(store, JUNE, person(ANA, "Risk"))
    loaded(store, TeamRecord(name="Risk"), TeamRecord(name="Below", parent="Risk"), kind="teams")
    loaded(store, kind="teams")

    assert spells(store) == [(ANA, "Risk", FIRST_DAY, OPEN_END)]


def test_a_team_is_found_by_its_name_and_its_other_words_however_they_are_written(store: Store) -> None:
    store.teams(TeamRecord(name="Platform", aliases=("Infra",)), TeamRecord(name="Engineering"))
    with store.engine.begin() as connection:
        found = ensure_teams(connection, store.workspace_id, ["platform", "INFRA", "New"])

        assert found == {"platform": "Platform", "INFRA": "Platform", "New": "New"}
        assert known_teams(connection, store.workspace_id)["new"] == "New"
        assert ensure_teams(connection, store.workspace_id, []) == {}


def test_placed_twice_nothing_moves(store: Store) -> None:
    below = [TeamRecord(name="Ops", parent="Run"), TeamRecord(name="Run")]
    with store.engine.begin() as connection:
        assert place_teams(connection, store.workspace_id, below, ["Ops"])
        assert not place_teams(connection, store.workspace_id, below, ["Ops"])
