"""A store with the sample organisation, and a question of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from storage.engine import writing_engine


@pytest.fixture
def store(larkspur: str) -> Iterator[Engine]:
    engine = writing_engine(larkspur)
    yield engine
    engine.dispose()
