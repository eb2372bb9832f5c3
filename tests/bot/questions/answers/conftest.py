"""A store with the sample organisation, to read alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import reading_engine
from storage.names import read_directory
from tests.bot.questions.answers.sample import Sample


@pytest.fixture
def sample(larkspur_store: Path) -> Iterator[Sample]:
    engine = reading_engine(f"sqlite:///{larkspur_store}")
    with engine.connect() as connection:
        yield Sample(connection, read_directory(connection, 1))
    engine.dispose()
