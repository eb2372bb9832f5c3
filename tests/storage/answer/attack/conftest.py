"""The organisations that are attacked: the invented company, and the shared samples where they are at hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.sources.files.load import import_folder
from storage.engine import reading_engine, writing_engine
from storage.load.plans import save_budgets
from storage.names import Directory, read_directory
from storage.workspaces import default_workspace
from tests.conftest import LARKSPUR_DAY
from tests.databases import fresh_store
from tests.shared import shared
from tests.storage.answer.attack.doors import budgets_of
from tests.storage.answer.attack.truth import Truth, read_truth

DAYS = {"larkspur": LARKSPUR_DAY, "northwind": date(2026, 11, 18), "calder": date(2026, 10, 14)}


@dataclass(frozen=True)
class Target:
    """An organisation with the truth about it."""

    connection: Connection
    directory: Directory
    truth: Truth
    today: date


@pytest.fixture(scope="session", params=list(DAYS))
def target(
    request: pytest.FixtureRequest, larkspur_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    name, folder = request.param, tmp_path_factory.mktemp("attacked")
    files = None if name == "larkspur" else shared("data", name)
    with fresh_store("sqlite", folder) as url:
        writer = writing_engine(url)
        with writer.connect() as connection:
            workspace_id = default_workspace(connection)
        if files is None:
            shutil.copyfile(larkspur_store, folder / "store.db")
        else:
            import_folder(files, writer, workspace_id, clock=lambda: datetime(2026, 11, 18, tzinfo=UTC))
        writer.dispose()  # of the file that was there before the copy
        writer = writing_engine(url)
        with writer.begin() as connection:
            known = read_directory(connection, workspace_id)
            save_budgets(connection, workspace_id, budgets_of(known, DAYS[name]))
        writer.dispose()
        reader = reading_engine(url)
        with reader.connect() as connection:
            directory = read_directory(connection, workspace_id)
            yield Target(connection, directory, read_truth(connection, directory), DAYS[name])
        reader.dispose()
