"""An import leaves the old or the new, never half, is seen by nobody before it is whole, and stays small in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Insert, event, func, select

from bot.sources.files.load import import_folder
from storage.engine import reading_engine, sqlite_file, writing_engine
from storage.tables import UsageDaily, UsageFact
from storage.workspaces import default_workspace
from tests.bot.sources.files import big_files, runs
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE_HEADER, clock
from tests.databases import BACKENDS, fresh_store
from tests.sampling import ALL, sampled

DAYS = 28
MEMORY_MB = 200


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh_store(request.param, tmp_path) as fresh:
        yield fresh


def _folder(tmp_path: Path, name: str, tokens: int, tools: int) -> Path:
    """A month in which every row has so many tokens."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "teams.csv").write_text(TEAMS)
    (folder / "roster.csv").write_text(ROSTER)
    rows = (
        f"2026-05-{day:02},ana@acme.example,tool {tool},p,m,chat,,{tokens},0,0,0,0,1,0,0,0.01\n"
        for day in range(1, DAYS + 1)
        for tool in range(tools)
    )
    (folder / "usage.csv").write_text(USAGE_HEADER + "".join(rows))
    return folder


def _total(engine: Engine, table: type[UsageDaily] | type[UsageFact] = UsageDaily) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(select(func.coalesce(func.sum(table.input_tokens), 0))) or 0)


def _import(url: str, folder: Path) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        workspace_id = default_workspace(connection)
    report = import_folder(folder, engine, workspace_id, clock=clock)
    engine.dispose()
    assert report.ok, report.text()


@sampled
def test_an_import_killed_at_any_statement_leaves_the_old_or_the_new(url: str, tmp_path: Path) -> None:
    old, new = _folder(tmp_path, "old", 1, 2), _folder(tmp_path, "new", 10, 3)
    sums = {DAYS * 2, DAYS * 3 * 10}
    _import(url, old)
    seen, statement, step = set(), 1, 6 if ALL else 75

    while runs.was_killed(url, new, kill_at=statement):
        engine = writing_engine(url)
        seen.add(_total(engine))
        assert _total(engine) == _total(engine, UsageFact)
        engine.dispose()
        statement += step

    assert statement > 2 * step  # it was killed at several places
    assert seen <= sums
    engine = writing_engine(url)
    assert _total(engine) == DAYS * 3 * 10
    engine.dispose()
    assert not _left_over(url)


def _left_over(url: str) -> list[Path]:
    store = sqlite_file(url)
    return [*store.parent.glob(f"{store.name}.staging*")] if store else []


def test_a_question_is_read_while_an_import_holds_its_lock_and_sees_the_old(url: str, tmp_path: Path) -> None:
    _import(url, _folder(tmp_path, "old", 1, 2))
    reading, seen = reading_engine(url), []

    def read(_connection: Connection, statement: object, *_rest: object) -> None:
        if isinstance(statement, Insert) and statement.table.name == UsageDaily.__tablename__:
            seen.append(_total(reading))

    event.listen(Engine, "before_execute", read)
    try:
        _import(url, _folder(tmp_path, "new", 10, 3))
    finally:
        event.remove(Engine, "before_execute", read)

    assert seen == [DAYS * 2]
    assert _total(reading) == DAYS * 3 * 10
    reading.dispose()


@pytest.mark.parametrize("size_mb", [1, pytest.param(200, marks=pytest.mark.trial)])
def test_a_file_of_any_size_is_loaded_in_bounded_memory(tmp_path: Path, size_mb: int) -> None:
    rows = big_files.write_organisation(tmp_path / "files", size_mb, people=1_000)
    with fresh_store("sqlite", tmp_path) as url:
        measured = runs.measured(url, tmp_path / "files")

    assert (tmp_path / "files" / "usage.csv").stat().st_size >= size_mb * 1_000_000
    assert measured["errors"] == []
    assert measured["new"] == measured["rows"] == rows + 2_000 + big_files.TEAMS
    assert measured["peak_mb"] < MEMORY_MB
