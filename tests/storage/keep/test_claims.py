"""A claim is given once, whoever asks and however many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from storage.keep.claims import claim, forget
from storage.workspaces import add_workspace

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def _claim(engine: Engine, workspace_id: int, key: str) -> bool:
    with engine.begin() as connection:
        return claim(connection, workspace_id, key, NOW)


def test_the_first_caller_alone_gets_it(engine: Engine, workspace_id: int) -> None:
    assert [_claim(engine, workspace_id, "event E1") for _ in range(3)] == [True, False, False]
    assert _claim(engine, workspace_id, "event E2")


def test_another_workspace_has_keys_of_its_own(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        other = add_workspace(connection, "T2")

    assert _claim(engine, workspace_id, "event E1")
    assert _claim(engine, other, "event E1")


@pytest.mark.dialect
def test_of_many_at_once_one_gets_it(engine: Engine, workspace_id: int) -> None:
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: _claim(engine, workspace_id, "event E1"), range(24)))

    assert sum(got) == 1


def test_work_that_fails_gives_its_claim_up(engine: Engine, workspace_id: int) -> None:
    with engine.connect() as connection:
        claim(connection, workspace_id, "digest", NOW)
        connection.rollback()

    assert _claim(engine, workspace_id, "digest")


def test_old_claims_are_forgotten_and_newer_ones_kept(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        claim(connection, workspace_id, "old", NOW - timedelta(days=8))
        claim(connection, workspace_id, "new", NOW)

    with engine.begin() as connection:
        assert forget(connection, NOW - timedelta(days=7)) == 1

    assert _claim(engine, workspace_id, "old")
    assert not _claim(engine, workspace_id, "new")
