"""One small organisation for the tests that only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage.answer.office import OFFICE
from tests.storage.worlds import World, worlds


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("office"), [OFFICE]) as (found,):
        yield found
