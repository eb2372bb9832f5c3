"""A store that was backed up and restored is the same store, from and to either database."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from bot.sources.files.load import import_folder
from storage.backup import back_up, restore
from storage.engine import sqlite_file, writing_engine
from storage.errors import BackupRefused
from storage.keep.audit import LoggedQuestion, record
from storage.load.writes import LoadOf, save_usage
from storage.schema import migrate, require_newest
from storage.tables import Base, Team
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE
from tests.databases import empty_database
from tests.storage.load.facts import use
from tests.storage.load.parts import Killed, killed_at

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without anything."""
    (tmp_path / "target").mkdir()
    with empty_database(request.param, tmp_path / "target") as url:
        engine = writing_engine(url)
        yield engine
        engine.dispose()


def content(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(map(_plain, row)) for row in connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def _plain(value: Any) -> Any:
    return value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """A small store with teams below teams, people, usage and a question."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    source = writing_engine(url)
    migrate(source)
    (tmp_path / "files").mkdir()
    for name, rows in (("teams", TEAMS), ("roster", ROSTER), ("usage", USAGE)):
        (tmp_path / "files" / f"{name}.csv").write_text(rows, encoding="utf-8")
    import_folder(tmp_path / "files", source, 1, clock=lambda: NOW)
    asked = LoggedQuestion(
        asked_at=NOW, asker="a", place="", text="?", engine="rules", status="answered", query=None, elapsed_ms=1.5
    )
    record(source, 1, asked)
    source.dispose()
    return url


def test_a_store_comes_back_as_it_was_on_either_database_and_goes_on_from_there(
    shop: str, target: Engine, tmp_path: Path
) -> None:
    source = writing_engine(shop)
    before = content(source)

    saved = back_up(source, tmp_path / "first.db")
    restore(tmp_path / "first.db", target)
    again = back_up(target, tmp_path / "second.db")
    copy = writing_engine(f"sqlite:///{tmp_path / 'second.db'}")

    require_newest(target)
    assert content(target) == before == content(copy)
    assert saved == again
    assert saved.rows == sum(map(len, before.values()))
    with target.begin() as connection:
        highest = max(row[0] for row in before["team"])
        made = connection.execute(insert(Team).values(workspace_id=1, name="Newest").returning(Team.id)).scalar_one()
        assert made > highest
    for engine in (source, copy):
        engine.dispose()


def test_a_backup_takes_the_place_of_nothing(larkspur: str, tmp_path: Path) -> None:
    engine = writing_engine(larkspur)
    back_up(engine, tmp_path / "copy.db")

    with pytest.raises(BackupRefused, match="is there already"):
        back_up(engine, tmp_path / "copy.db")
    with pytest.raises(BackupRefused, match="holds data already"):
        restore(tmp_path / "copy.db", engine)
    with pytest.raises(BackupRefused, match="no folder"):
        back_up(engine, tmp_path / "none" / "copy.db")
    engine.dispose()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_what_is_no_backup_or_of_a_newer_release_is_refused_and_leaves_nothing(larkspur: str, tmp_path: Path) -> None:
    newer, other, words = tmp_path / "newer.db", tmp_path / "other.db", tmp_path / "words.db"
    shutil.copyfile(sqlite_file(larkspur) or "", newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (a)")
    words.write_text("date,email")
    engine = writing_engine(f"sqlite:///{tmp_path / 'target.db'}")

    for file, says in (
        (newer, "newer release"),
        (other, "no backup"),
        (words, "no backup"),
        (tmp_path / "x", "no file"),
    ):
        with pytest.raises(BackupRefused, match=says):
            restore(file, engine)
    assert not (tmp_path / "target.db").exists()


def test_a_damaged_store_is_not_copied_in_silence(larkspur: str, tmp_path: Path) -> None:
    file = sqlite_file(larkspur)
    assert file
    with closing(sqlite3.connect(file)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'usage_fact'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as pages:
        pages.seek((root - 1) * size)
        pages.write(b"\xff" * size)
    engine = writing_engine(larkspur)

    with pytest.raises((BackupRefused, sqlite3.DatabaseError), match=r"damaged|malformed"):
        back_up(engine, tmp_path / "copy.db")
    engine.dispose()
    assert not (tmp_path / "copy.db").exists()


def test_of_an_import_that_was_being_written_nothing_comes_back(shop: str, target: Engine, tmp_path: Path) -> None:
    source = writing_engine(shop)
    before = {name: rows for name, rows in content(source).items() if name.startswith("usage")}
    load = LoadOf(workspace_id=1, source="cursor", what="a pass", now=NOW)
    with killed_at(4), pytest.raises(Killed):
        save_usage(source, load, [use(f"k{number}") for number in range(30)])

    back_up(source, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", target)

    found = content(target)
    assert found["unfinished_load"] == []
    assert {name: found[name] for name in before} == before
    source.dispose()
