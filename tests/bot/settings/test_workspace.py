"""Settings made in Slack come before the environment's; admins alone make them, and only such as can be meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from bot.errors import UserError
from bot.settings import Settings
from bot.settings.workspace import WrongSettings, admins_alone, change, faults, settings_in, shown
from storage.engine import writing_engine
from storage.keep.settings import change_settings
from tests.databases import fresh_store

ANA, BO = "ana@acme.example", "bo@acme.example"
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
ENVIRONMENT = Settings(min_group=5, admins=frozenset({ANA}))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as made:
            yield made
        engine.dispose()


def test_an_admins_value_counts_until_it_is_cleared(connection: Connection) -> None:
    change(connection, 1, ENVIRONMENT, {"FULCRUM_MIN_GROUP": " 9 "}, ANA, NOON)
    assert settings_in(connection, 1, ENVIRONMENT).min_group == 9
    change(connection, 1, ENVIRONMENT, {"FULCRUM_MIN_GROUP": ""}, ANA, NOON)
    assert settings_in(connection, 1, ENVIRONMENT) == ENVIRONMENT


def test_nobody_else_changes_anything_but_whom_an_admin_names(connection: Connection) -> None:
    with pytest.raises(UserError, match=f"Only an admin may change the settings: ask {ANA}."):
        change(connection, 1, ENVIRONMENT, {"FULCRUM_MIN_GROUP": "9"}, BO, NOON)
    change(connection, 1, ENVIRONMENT, {"FULCRUM_ADMINS": f"{ANA}, {BO}"}, ANA, NOON)
    change(connection, 1, ENVIRONMENT, {"FULCRUM_MIN_GROUP": "9"}, BO, NOON)
    assert "whoever runs me names them in FULCRUM_ADMINS" in str(admins_alone("do that", ()))


def test_all_that_cannot_be_meant_is_said_and_nothing_is_changed(connection: Connection) -> None:
    given = {"FULCRUM_MIN_GROUP": "1", "FULCRUM_ZONE": "Nowhere", "FULCRUM_ADMINS": BO, "FULCRUM_PEOPLE": "hidden"}
    with pytest.raises(WrongSettings) as raised:
        change(connection, 1, ENVIRONMENT, given, ANA, NOON)
    assert raised.value.wrong.keys() == given.keys() - {"FULCRUM_PEOPLE"}
    assert settings_in(connection, 1, ENVIRONMENT) == ENVIRONMENT
    assert faults({"FULCRUM_ADMINS": ""}, ANA, ENVIRONMENT) == {}


def test_what_a_newer_release_does_not_take_is_left_out(connection: Connection) -> None:
    kept = {"FULCRUM_MIN_GROUP": "many", "FULCRUM_GONE": "x", "DATABASE_URL": "x", "FULCRUM_ZONE": "Europe/Berlin"}
    change_settings(connection, 1, kept, ANA, NOON)
    found = settings_in(connection, 1, ENVIRONMENT)
    assert (found.min_group, found.zone, found.database_url) == (5, ZoneInfo("Europe/Berlin"), ENVIRONMENT.database_url)


def test_a_value_is_shown_as_somebody_would_write_it() -> None:
    settings = Settings(zone=ZoneInfo("Europe/Berlin"), admins=frozenset({BO, ANA}), min_group=7)
    names = ("FULCRUM_ZONE", "FULCRUM_ADMINS", "FULCRUM_MIN_GROUP", "FULCRUM_RETENTION_DAYS")
    assert [shown(settings, name) for name in names] == ["Europe/Berlin", f"{ANA}, {BO}", "7", ""]
