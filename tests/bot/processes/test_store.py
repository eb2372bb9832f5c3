"""The store of a process: made where there is none, refused where it is old, its days in the zone of the settings."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text

from bot.processes.store import clock, open_for_writing
from bot.settings import Settings
from storage.errors import OldSchema
from storage.load.writes import LoadOf, save_usage
from storage.schema import require_newest
from storage.tables import Load, UnfinishedLoad, UsageFact, Workspace
from tests.storage.load.facts import NOW, use
from tests.storage.load.parts import Killed, killed_at


def settings(file: Path, zone: str = "UTC") -> Settings:
    return Settings(database_url=f"sqlite:///{file}", zone=ZoneInfo(zone))


@pytest.mark.parametrize("is_there", [False, True], ids=["absent", "empty"])
def test_a_file_that_is_absent_or_empty_gets_its_schema(tmp_path: Path, is_there: bool) -> None:
    file = tmp_path / "fulcrum.db"
    if is_there:
        file.touch()

    engine = open_for_writing(settings(file))

    require_newest(engine)
    engine.dispose()


def test_what_a_process_left_that_died_making_the_schema_gets_its_schema(tmp_path: Path) -> None:
    file = tmp_path / "fulcrum.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    assert file.stat().st_size > 0

    engine = open_for_writing(settings(file))

    require_newest(engine)
    engine.dispose()


def test_what_an_import_left_that_died_goes_with_the_next_start(tmp_path: Path) -> None:
    engine = open_for_writing(settings(tmp_path / "fulcrum.db"))
    load = LoadOf(workspace_id=1, source="cursor", what="a pass", now=NOW)
    with killed_at(4), pytest.raises(Killed):
        save_usage(engine, load, [use(f"k{number}") for number in range(30)])

    open_for_writing(settings(tmp_path / "fulcrum.db")).dispose()

    with engine.connect() as connection:
        for table in (UnfinishedLoad, UsageFact, Load):
            assert connection.scalar(select(func.count()).select_from(table)) == 0
    engine.dispose()


def test_a_store_of_a_newer_release_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    engine = open_for_writing(settings(tmp_path / "fulcrum.db"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(OldSchema, match="newer release"):
        require_newest(engine)
    engine.dispose()


def test_a_store_of_an_older_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "fulcrum.db"
    engine = open_for_writing(settings(file))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    before = file.read_bytes()

    with pytest.raises(OldSchema):
        open_for_writing(settings(file))
    assert file.read_bytes() == before


def test_the_store_keeps_the_zone_that_its_days_are_in(tmp_path: Path) -> None:
    file = tmp_path / "fulcrum.db"
    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        engine = open_for_writing(settings(file, zone))
        with engine.connect() as connection:
            assert set(connection.scalars(select(Workspace.zone))) == {zone}
        engine.dispose()


def test_the_clock_knows_its_zone() -> None:
    assert clock().tzinfo is UTC
