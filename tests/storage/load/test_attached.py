"""On SQLite: the store with a staging file attached."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from storage.load.attached import attached, stage_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE fact (number INTEGER)"))
    engine.dispose()
    return path


def test_one_statement_reads_the_staging_file_and_writes_the_store(file: Path) -> None:
    store = create_engine(f"sqlite:///{file}")
    with stage_file(file) as stage:
        with attached(store, stage) as connection, connection.begin():
            connection.execute(text("CREATE TABLE stage.waiting (number INTEGER)"))
            connection.execute(text("INSERT INTO stage.waiting VALUES (1), (2)"))
            connection.execute(text("INSERT INTO main.fact SELECT number FROM stage.waiting"))
        assert stage.exists()

    assert not stage.exists()
    with store.connect() as connection:
        assert connection.scalar(text("SELECT sum(number) FROM fact")) == 3
    store.dispose()


def test_only_an_immediate_transaction_locks_the_store(file: Path) -> None:
    store: Engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 0})
    with stage_file(file) as stage:
        with attached(store, stage) as waiting, waiting.begin(), store.begin() as writer:
            writer.execute(text("INSERT INTO fact VALUES (1)"))
        with (
            attached(store, stage) as connection,
            connection.execution_options(immediate=True) as holding,
            holding.begin(),
            pytest.raises(OperationalError, match="locked"),
            store.begin() as writer,
        ):
            writer.execute(text("INSERT INTO fact VALUES (2)"))
    store.dispose()


def test_two_loads_at_once_see_their_own_staging_files(file: Path) -> None:
    store = create_engine(f"sqlite:///{file}")
    with (
        stage_file(file) as one,
        stage_file(file) as other,
        attached(store, one) as first,
        attached(store, other) as second,
    ):
        first.execute(text("CREATE TABLE stage.waiting (number INTEGER)"))

        assert second.scalar(text("SELECT count(*) FROM stage.sqlite_master")) == 0
    store.dispose()


def test_what_a_killed_import_left_is_removed_and_what_a_living_one_has_is_not(file: Path) -> None:
    dead, mine = (file.with_name(f"store.db.staging-{pid}-abc") for pid in (2**22 + 1, os.getpid()))
    for left in (dead, mine):
        left.write_bytes(b"")

    with stage_file(file):
        pass

    assert (dead.exists(), mine.exists()) == (False, True)
