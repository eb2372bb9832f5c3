"""Writers of one process have SQLite's lock one after the other, and nobody keeps a turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from storage import writers
from storage.engine import writing_engine
from storage.writers import QueuedConnection

PATIENCE = 30.0


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = writing_engine(f"sqlite:///{tmp_path / 'store.db'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE said (word TEXT NOT NULL)"))
    yield made
    made.dispose()


def say(engine: Engine, word: str | None, begun: Event | None = None, go_on: Event | None = None) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO said VALUES (:word)"), {"word": word})
        if begun and go_on:
            begun.set()
            go_on.wait(PATIENCE)


def said(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        return [*connection.scalars(text("SELECT word FROM said ORDER BY rowid"))]


def test_who_waits_does_not_try_the_lock_before_it_is_free(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, tried = Event(), Event()
    take_turn = QueuedConnection.take_turn

    def watched(connection: QueuedConnection) -> None:
        waits.set()
        take_turn(connection)
        tried.set()

    begun, go_on = Event(), Event()
    first = Thread(target=say, args=(engine, "first", begun, go_on))
    first.start()
    begun.wait(PATIENCE)
    monkeypatch.setattr(QueuedConnection, "take_turn", watched)
    second = Thread(target=say, args=(engine, "second"))
    second.start()
    assert waits.wait(PATIENCE)
    assert not tried.wait(0.02)
    go_on.set()
    for thread in (first, second):
        thread.join(PATIENCE)

    assert said(engine) == ["first", "second"]


def test_a_transaction_that_fails_or_is_never_ended_gives_its_turn_back(engine: Engine) -> None:
    with pytest.raises(IntegrityError):
        say(engine, None)
    connection = engine.connect()
    connection.begin()
    connection.close()
    connection = engine.connect()
    connection.begin()
    connection.invalidate()
    connection.close()

    say(engine, "at once")
    assert said(engine) == ["at once"]


def test_whoever_waits_too_long_for_a_turn_tries_the_lock(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LONGEST_TURN", 0.01)
    held = engine.connect()
    held.begin()
    raw = held.connection.driver_connection
    assert isinstance(raw, QueuedConnection)
    sqlite3.Connection.rollback(raw)  # the lock is free, the turn is not

    say(engine, "at last")

    held.close()
    assert said(engine) == ["at last"]
