"""The directory: every name of one workspace and of no other, as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from storage.engine import writing_engine
from storage.names import Directories, Directory, read_directory
from storage.tables import Team, TeamAlias
from storage.workspaces import bump_revision
from tests.databases import BACKENDS, fresh_store
from tests.storage.organisation import Organisation, Stay, Use, Work, save

DAY = date(2026, 2, 2)
TEAMS = {"Top": "", "Left": "Top", "Right": "Top", "Low": "Left", "Other": ""}
ORG = Organisation(
    TEAMS,
    (
        Stay(email="ana@x.example", team="Low", end=DAY, name="Ana", title="", location="Lisbon"),
        Stay(email="ana@x.example", team="Other", start=date(2026, 3, 1), name="Ana", location="Berlin"),
        Stay(email="ana.b@x.example", team="Top", name="Ana"),
        Stay(email="bot@x.example", team="Top", kind="agent", title="Agent", location="", name="Bot"),
    ),
    (Use(day=DAY, email="ana@x.example", workflow="unlisted", model=""), Use(day=date(2026, 2, 9), email="")),
    {"triage": ("Low", "analysis"), "stray": ("", "")},
    (Work(day=date(2026, 1, 7), workflow="handwork", items=1),),
)
ELSEWHERE = Organisation({"Foreign": ""}, (Stay(email="f@y.example", team="Foreign", title="Spy"),))


@pytest.fixture(params=BACKENDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with fresh_store(request.param, tmp_path) as url:
        made = writing_engine(url)
        yield made
        made.dispose()


def read(engine: Engine, org: Organisation = ORG) -> Directory:
    with engine.begin() as connection:
        save(connection, ELSEWHERE)
        return read_directory(connection, save(connection, org))


def test_teams_know_their_parent_and_all_below_them(engine: Engine) -> None:
    names = read(engine)
    assert [(team.name, team.parent) for team in names.teams] == sorted(TEAMS.items())
    assert sorted(names.below("Top")) == ["Left", "Low", "Right", "Top"]
    assert names.below("Right") == ("Right",)
    assert names.children[""] == ("Other", "Top")


def test_people_have_every_team_they_were_in_and_a_label_of_their_own(engine: Engine) -> None:
    names = read(engine)
    assert names.person["ana@x.example"].teams == ("Low", "Other")
    assert sorted(names.person_label.values()) == ["Ana (ana.b@x.example)", "Ana (ana@x.example)", "Bot"]


def test_workflows_seen_only_in_facts_are_names_too(engine: Engine) -> None:
    found = {workflow.name: (workflow.team, workflow.activity) for workflow in read(engine).workflows}
    assert found == {"triage": ("Low", "analysis"), "stray": ("", ""), "unlisted": ("", ""), "handwork": ("", "")}


def test_values_are_those_in_use_here_and_never_empty(engine: Engine) -> None:
    values = read(engine).values
    assert values["title"] == ("Agent", "Engineer")
    assert values["location"] == ("Berlin", "Lisbon")
    assert values["kind"] == ("agent", "employee")
    assert values["model"] == ("opus",)
    assert values["activity"] == ("analysis",)


def test_usage_and_work_are_recorded_apart(engine: Engine) -> None:
    names = read(engine)
    assert names.usage == (DAY, date(2026, 2, 9))
    assert names.work == (date(2026, 1, 7), date(2026, 1, 7))
    assert names.first_day == date(2026, 1, 7)


def test_an_organisation_without_facts_has_no_recorded_day(engine: Engine) -> None:
    names = read(engine, replace(ORG, uses=(), work=()))
    assert (names.usage, names.work, names.first_day) == (None, None, None)


def test_a_directory_is_kept_until_the_revision_moves(engine: Engine) -> None:
    names = read(engine)
    with engine.begin() as connection:
        assert read_directory(connection, names.workspace_id, names) is names
        team = connection.scalar(select(Team.id).where(Team.workspace_id == names.workspace_id, Team.name == "Top"))
        alias = {"workspace_id": names.workspace_id, "team_id": team, "alias": "the top"}
        connection.execute(insert(TeamAlias), alias)
        bump_revision(connection, names.workspace_id)
        fresh = read_directory(connection, names.workspace_id, names)
    assert fresh.team["Top"].aliases == ("the top",)
    assert names.team["Top"].aliases == ()


def test_those_who_share_directories_read_one_anew_only_when_its_workspace_has_changed(engine: Engine) -> None:
    workspace_id, shared = read(engine).workspace_id, Directories()
    with engine.begin() as connection:
        first = shared.of(connection, workspace_id)
        again = shared.of(connection, workspace_id)
        bump_revision(connection, workspace_id)
        changed = shared.of(connection, workspace_id)

    assert first is again
    assert changed.revision == first.revision + 1
