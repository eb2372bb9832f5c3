"""The migrations make what the tables say, and an old schema is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from storage.engine import writing_engine
from storage.errors import OldSchema
from storage.schema import MIGRATIONS, is_newest, is_of_a_newer_release, migrate, newest_migration, require_newest
from storage.tables import Base
from tests.databases import BACKENDS, empty_database


@pytest.fixture(params=BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as url:
        engine = writing_engine(url)
        yield engine
        engine.dispose()


def test_the_migrated_schema_is_that_of_the_tables(empty: Engine) -> None:
    migrate(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_schema_that_lacks_a_column_is_told_from_that_of_the_tables(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE claim DROP COLUMN claimed_at")

    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) != []


def test_an_empty_database_is_refused_until_it_is_migrated(empty: Engine) -> None:
    with pytest.raises(OldSchema, match="fulcrum migrate"):
        require_newest(empty)

    migrate(empty)

    require_newest(empty)
    assert is_newest(empty)


def test_migrating_twice_changes_nothing(empty: Engine) -> None:
    migrate(empty)
    before = set(inspect(empty).get_table_names())

    migrate(empty)

    assert set(inspect(empty).get_table_names()) == before
    assert before == {*Base.metadata.tables, "alembic_version"}


def test_a_store_in_a_folder_with_a_percent_sign_can_be_migrated(tmp_path: Path) -> None:
    folder = tmp_path / "100%"
    folder.mkdir()
    engine = writing_engine(f"sqlite:///{folder / 'store.db'}")

    migrate(engine)

    assert is_newest(engine)
    engine.dispose()


def test_the_newest_migration_is_the_head_that_alembic_finds() -> None:
    assert newest_migration() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_only_a_migration_that_is_not_here_is_of_a_newer_release() -> None:
    assert not any(map(is_of_a_newer_release, ("", "0001", newest_migration())))
    assert is_of_a_newer_release("9999")
