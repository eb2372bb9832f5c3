"""A store with an organisation of two teams."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from storage.load.writes import LoadOf
from storage.roster_records import TeamRecord
from tests.storage.load.stores import NOW, Store


@pytest.fixture
def store(engine: Engine, workspace_id: int) -> Store:
    """Engineering, and Platform below it."""
    made = Store(engine, workspace_id)
    made.teams(TeamRecord(name="Engineering"), TeamRecord(name="Platform", parent="Engineering"))
    return made


@pytest.fixture
def load(workspace_id: int) -> LoadOf:
    """A pass of one source."""
    return LoadOf(workspace_id=workspace_id, source="cursor", what="a pass", now=NOW)
