"""`kill -9` at any point of a migration or an import: whoever comes next makes of the store what it would have been.

A few points here, fifty of each in a trial. Passes over a vendor: tests/bot/sources/syncing/test_killed.py;
digests and the outbox: tests/bot/digest/test_sixty_weeks.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import DateTime, select

from bot.processes.store import open_for_writing
from bot.settings import Settings
from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.schema import migrate
from storage.tables import Base
from storage.workspaces import default_workspace
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE, WORK, WORKFLOWS, clock
from tests.crashes import Left
from tests.databases import fresh_store
from tests.sampling import sampled, size
from tests.storage.first_release import first_release

FILES = {"teams": TEAMS, "roster": ROSTER, "workflows": WORKFLOWS, "usage": USAGE, "work": WORK}
# Which load brought a row, and how a load went, tell of the way and not of what is there.
OF_THE_WAY = {"load", "truth", "usage_before", "work_before"}


class Work(NamedTuple):
    """What is killed: the store it begins with, and the work on it, which is also how somebody goes on."""

    prepare: Callable[[Path], Path]
    run: Callable[[Path], None]


def _old(folder: Path) -> Path:
    folder.mkdir()
    with first_release("sqlite", folder):
        pass
    return folder / "empty.db"


def _migrate(store: Path) -> None:
    engine = writing_engine(f"sqlite:///{store}")
    migrate(engine)
    engine.dispose()


def _none(folder: Path) -> Path:
    folder.mkdir()
    return folder / "store.db"


def _filled(folder: Path) -> Path:
    folder.mkdir()
    with fresh_store("sqlite", folder):
        _import(folder / "store.db")
    return folder / "store.db"


def _import(store: Path, files: dict[str, str] | None = None) -> None:
    engine = open_for_writing(Settings(database_url=f"sqlite:///{store}"))
    folder = store.parent / "files"
    folder.mkdir(exist_ok=True)
    for name, content in (files or FILES).items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    with engine.begin() as connection:
        workspace_id = default_workspace(connection)
    assert not [file.error for file in import_folder(folder, engine, workspace_id, clock=clock).files if file.error]
    engine.dispose()


def _changed(store: Path) -> None:
    moved = ROSTER.replace("Ana,Platform", "Ana,Engineering")
    _import(store, FILES | {"usage": USAGE.replace(",10,20,", ",11,20,"), "roster": moved})


QUICK = "an import that changes facts and moves people"
WORKS = {
    "a migration from the first release": Work(_old, _migrate),
    "the first import, which makes the schema": Work(_none, _import),
    QUICK: Work(_filled, _changed),
}


def held(store: Path) -> dict[str, list[str]]:
    """All that a store holds, but for numbers and times that tell only of the way to it."""
    engine = writing_engine(f"sqlite:///{store}")
    found = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [
                column
                for column in table.columns
                if column.name not in ("id", "revision")
                and not column.name.endswith("_id")
                and not isinstance(column.type, DateTime)
            ]
            if columns and table.name not in OF_THE_WAY:
                found[table.name] = sorted(map(repr, connection.execute(select(*columns))))
    engine.dispose()
    return found


@sampled
@pytest.mark.parametrize(
    "name", [name if name == QUICK else pytest.param(name, marks=pytest.mark.trial) for name in WORKS]
)
def test_what_a_kill_leaves_is_gone_on_with(name: str, tmp_path: Path) -> None:
    work = WORKS[name]
    begun = work.prepare(tmp_path / "undisturbed")
    left = Left(begun, tmp_path / "left", size(2, 50))
    with left.watched():
        work.run(begun)
    undisturbed = held(begun)

    assert left.stores
    for store in left.stores:
        work.run(store)
        assert held(store) == undisturbed, f"killed at {store.parent.name}"
