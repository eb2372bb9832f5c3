"""`fulcrum import FILE|DIR`: loads import files and known exports, with a bar for each and a report at the end."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from bot.errors import UserError
from bot.processes.store import clock, open_for_writing
from bot.settings import Settings
from bot.sources.files.load import find_files, import_folder
from bot.sources.files.problems import FileRefused
from bot.sources.files.report import FolderReport
from storage import workspaces
from storage.engine import reading_engine, sqlite_file


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """An absent or empty SQLite store is made first, and kept if something was loaded; the exit code is 1 where a file
    or a row failed."""
    try:
        find_files(parsed.path)  # before any store is made
        report = _dry(settings, parsed) if parsed.dry_run else _first(settings, parsed)
    except FileRefused as refused:
        raise UserError(f"{parsed.path}: {refused}.") from refused
    print(json.dumps(report.to_json(), indent=2) if parsed.json else report.text())
    return 0 if report.ok else 1


def _dry(settings: Settings, parsed: argparse.Namespace) -> FolderReport:
    if _store_to_make(settings) is None:
        return _load(settings, parsed)
    with TemporaryDirectory() as folder:  # where there is no store, one for a moment tells what would be in it
        elsewhere = replace(settings, database_url=f"sqlite:///{Path(folder) / 'dry.db'}")
        report = _load(elsewhere, parsed, write=True)
    report.dry_run = True
    return report


def _first(settings: Settings, parsed: argparse.Namespace) -> FolderReport:
    made = _store_to_make(settings)
    report = _load(settings, parsed)
    if made and not any(file.new for file in report.files) and _bare(settings):
        # An empty store would answer that nothing was used; into this one another process may have loaded meanwhile.
        for part in ("", "-wal", "-shm"):
            made.with_name(made.name + part).unlink(missing_ok=True)
        report.warnings.append("nothing was loaded, so no store was made")
    return report


def _bare(settings: Settings) -> bool:
    engine = reading_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            return workspaces.are_bare(connection)
    finally:
        engine.dispose()


def _store_to_make(settings: Settings) -> Path | None:
    """The file of a SQLite store that is not there yet."""
    file = sqlite_file(settings.database_url)
    return None if file is None or (file.exists() and file.stat().st_size) else file


def _load(settings: Settings, parsed: argparse.Namespace, write: bool = False) -> FolderReport:
    engine = open_for_writing(settings)
    try:
        with engine.connect() as connection:
            workspace_id = workspaces.chosen(connection, settings.workspace)
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            return import_folder(
                parsed.path,
                engine,
                workspace_id,
                strict=parsed.strict,
                zone=settings.zone,
                clock=clock,
                feed=parsed.feed.strip(),
                whole_days=parsed.whole_days,
                dry_run=parsed.dry_run and not write,
                progress=_Bars(progress).told,
            )
    finally:
        engine.dispose()


@dataclass
class _Bars:
    """One progress bar a file."""

    progress: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict)

    def told(self, file: str, done: int, size: int) -> None:
        if file not in self.tasks:
            self.tasks[file] = self.progress.add_task(file, total=size)
        self.progress.update(self.tasks[file], completed=done)
