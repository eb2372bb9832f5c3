"""From a URL to engines: one that writes, and one on which a question cannot write."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import DBAPIError

from storage.engine import database_url, insert_or_leave, reading_engine, sqlite_file, writing_engine
from storage.faults import UNOPENED, fault_of
from storage.schema import migrate
from storage.tables import Claim, Workspace


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgres://u:p@host/db", "postgresql+psycopg"),
        ("postgresql://u:p@host/db", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@host/db", "postgresql+psycopg"),
        ("sqlite:///fulcrum.db", "sqlite"),
    ],
)
def test_a_url_as_hosts_hand_it_out_has_its_driver_filled_in(url: str, driver: str) -> None:
    assert database_url(url).drivername == driver
    assert database_url(url).database in ("db", "fulcrum.db")


def test_the_file_of_a_store_is_that_of_sqlite_alone() -> None:
    assert sqlite_file("sqlite:///folder/fulcrum.db") == Path("folder/fulcrum.db")
    assert sqlite_file("sqlite://") is None
    assert sqlite_file("postgresql://host/db") is None


def test_a_question_cannot_write(reading: Engine, workspace_id: int) -> None:
    with pytest.raises(DBAPIError), reading.begin() as connection:
        connection.execute(delete(Workspace))

    with reading.connect() as connection:
        assert connection.scalar(select(Workspace.id)) == workspace_id


def test_a_question_sees_one_state_of_the_store(reading: Engine, engine: Engine, workspace_id: int) -> None:
    with reading.begin() as question:
        before = question.scalar(select(Workspace.revision))
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE workspace SET revision = revision + 1")

        assert question.scalar(select(Workspace.revision)) == before


def test_a_row_that_is_there_already_is_left_alone(engine: Engine, workspace_id: int) -> None:
    row = {"workspace_id": workspace_id, "key": "k", "claimed_at": datetime(2026, 11, 18, tzinfo=UTC)}
    with engine.begin() as connection:
        connection.execute(insert_or_leave(connection, Claim).values(row))
        connection.execute(
            insert_or_leave(connection, Claim).values(row | {"claimed_at": datetime(2027, 1, 1, tzinfo=UTC)})
        )

        assert [found.year for found in connection.scalars(select(Claim.claimed_at))] == [2026]


def test_what_hangs_on_a_workspace_goes_with_it(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        row = {"workspace_id": workspace_id, "key": "k", "claimed_at": datetime(2026, 11, 18, tzinfo=UTC)}
        connection.execute(insert_or_leave(connection, Claim).values(row))
        connection.execute(delete(Workspace))

        assert connection.scalar(select(Claim.key)) is None


def test_a_store_that_cannot_be_opened_fails_as_every_statement_does(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    made = writing_engine(url)
    migrate(made)
    made.dispose()
    (tmp_path / "store.db-wal").mkdir()  # as where the folder is mounted read-only: SQLite cannot make this file

    for engine in (reading_engine(url), writing_engine(url)):
        with pytest.raises(DBAPIError) as raised, engine.begin():
            pass
        engine.dispose()
        assert fault_of(raised.value) is UNOPENED
