"""A thread's context is kept, replaced and forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from storage.keep import threads
from storage.workspaces import add_workspace

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_the_last_context_of_a_thread_is_found_again(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        threads.save(connection, workspace_id, "C1/1.2", {"metrics": ["tokens"]}, NOW)
        threads.save(connection, workspace_id, "C1/1.2", {"metrics": ["cost"]}, NOW)

    with engine.connect() as connection:
        assert threads.load(connection, workspace_id, "C1/1.2") == {"metrics": ["cost"]}
        assert threads.known(connection, workspace_id, "C1/1.2")


def test_an_unknown_thread_has_no_context(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        other = add_workspace(connection, "T2")
        threads.save(connection, other, "C1/1.2", {"metrics": ["cost"]}, NOW)

        assert threads.load(connection, workspace_id, "C1/1.2") is None
        assert not threads.known(connection, workspace_id, "C1/1.2")


def test_touching_a_thread_makes_it_known_and_keeps_what_it_is_about(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        threads.touch(connection, workspace_id, "new", NOW)
        threads.save(connection, workspace_id, "old", {"metrics": ["cost"]}, NOW)
        threads.touch(connection, workspace_id, "old", NOW)

        assert threads.known(connection, workspace_id, "new")
        assert threads.load(connection, workspace_id, "old") == {"metrics": ["cost"]}


def test_threads_nobody_asked_in_since_are_forgotten(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        threads.save(connection, workspace_id, "old", {}, NOW - timedelta(days=31))
        threads.save(connection, workspace_id, "new", {}, NOW)

        assert threads.forget(connection, NOW - timedelta(days=30)) == 1
        assert threads.known(connection, workspace_id, "new")
