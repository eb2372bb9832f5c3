"""A store of each kind, and Acme with its server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import writing_engine
from storage.workspaces import default_workspace
from tests.bot.sources.acme import AcmeVendor
from tests.bot.sources.server import VendorServer
from tests.bot.sources.syncing.bench import Bench
from tests.databases import BACKENDS, fresh_store


@pytest.fixture(params=BACKENDS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """A store with a roster, and an Acme that has nothing yet."""
    with fresh_store(request.param, tmp_path) as url, VendorServer(AcmeVendor()) as server:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        yield Bench(engine, workspace_id, server)
        engine.dispose()
