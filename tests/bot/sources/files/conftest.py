"""A store of each kind and a folder for its files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import writing_engine
from storage.workspaces import default_workspace
from tests.bot.sources.files.shop import Shop
from tests.databases import BACKENDS, fresh_store


@pytest.fixture(params=BACKENDS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    with fresh_store(request.param, tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        folder = tmp_path / "files"
        folder.mkdir()
        yield Shop(engine, workspace_id, folder)
        engine.dispose()
