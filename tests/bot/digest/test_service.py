"""The digests of a store: which week, whose, for which reader."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.digest.service import Digests
from bot.errors import UserError
from bot.settings import Settings
from storage.load.organisation import save_teams
from storage.roster_records import TeamRecord
from storage.workspaces import default_workspace
from tests.bot.digest.company import TEAMS, Company
from tests.bot.digest.conftest import Store


def test_a_team_nobody_knows_is_refused(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    with pytest.raises(UserError, match="Nowhere"):
        store.digest(company, team="Nowhere")


def test_the_zone_of_the_workspace_says_which_day_it_is(store: Store) -> None:
    now = datetime(2026, 11, 16, 3, tzinfo=UTC)  # a Monday there, still Sunday in New York
    engine = store.reading

    def last(zone: str) -> str:
        return str(Digests(engine, Settings(zone=ZoneInfo(zone)), lambda: now).last_week(1))

    assert (last("UTC"), last("America/New_York")) == ("2026-W46", "2026-W45")


def test_a_team_is_found_by_its_alias_in_any_case(store: Store) -> None:
    Company().save(store.writing)
    with store.writing.begin() as connection:
        workspace_id = default_workspace(connection)
        save_teams(connection, workspace_id, [TeamRecord(name=name, aliases=(f"{name} crew",)) for name in TEAMS])
    digests = Digests(store.reading, Settings(), lambda: datetime(2026, 3, 25, tzinfo=UTC))

    with store.reading.connect() as connection:
        directory = digests.directory(connection, workspace_id)

    assert digests.team_called(directory, " care CREW ") == "Care"
    with pytest.raises(UserError, match="no team called 'Nowhere'"):
        digests.team_called(directory, "Nowhere")


def test_a_reader_gets_the_last_week_as_they_may_see_it_and_a_stranger_a_sentence(store: Store) -> None:
    company = Company()
    workspace_id = company.save(store.writing)
    digests = Digests(store.reading, Settings(), lambda: datetime(2026, 3, 25, tzinfo=UTC))

    own = digests.preview(workspace_id, "care0@company.example", "law")

    assert (str(own.week), own.team, own.hidden) == ("2026-W12", "Law", True)
    with pytest.raises(UserError, match="not on the roster"):
        digests.preview(workspace_id, "nobody@elsewhere.example")


def test_a_directory_is_read_again_only_when_the_store_has_changed(store: Store) -> None:
    workspace_id = Company().save(store.writing)
    digests = Digests(store.reading, Settings(), lambda: datetime(2026, 3, 25, tzinfo=UTC))

    with store.reading.connect() as connection:
        first, again = digests.directory(connection, workspace_id), digests.directory(connection, workspace_id)
    with store.writing.begin() as connection:
        save_teams(connection, workspace_id, [TeamRecord(name=name) for name in [*TEAMS, "New"]])
    with store.reading.connect() as connection:
        later = digests.directory(connection, workspace_id)

    assert first is again
    assert "New" in [team.name for team in later.teams]
