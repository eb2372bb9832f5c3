"""A fresh store for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.engine import reading_engine, writing_engine
from storage.workspaces import default_workspace
from tests.databases import BACKENDS, fresh_store


@pytest.fixture(params=BACKENDS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty store with the newest schema."""
    with fresh_store(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """The engine that writes."""
    made = writing_engine(store_url)
    yield made
    made.dispose()


@pytest.fixture
def reading(store_url: str) -> Iterator[Engine]:
    """The engine that questions are read on."""
    made = reading_engine(store_url)
    yield made
    made.dispose()


@pytest.fixture
def workspace_id(engine: Engine) -> int:
    """The workspace of an organisation that is alone."""
    with engine.begin() as connection:
        return default_workspace(connection)
