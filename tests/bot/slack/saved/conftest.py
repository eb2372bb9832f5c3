"""An empty store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.engine import writing_engine
from storage.schema import migrate
from storage.workspaces import default_workspace


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = writing_engine(f"sqlite:///{tmp_path / 'plans.db'}")
    migrate(made)
    with made.begin() as connection:
        assert default_workspace(connection) == 1
    yield made
    made.dispose()
