"""The sample organisation, made once."""

from __future__ import annotations

import pytest

from tests.bot.demo.larkspur import COLUMNS, Files, made, read


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = made(tmp_path_factory.mktemp("larkspur"))
    return {name: read(folder, name) for name in COLUMNS}
