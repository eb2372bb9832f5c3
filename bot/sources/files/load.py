"""Loads a folder of import files: each file in one transaction or not at all, then a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from bot.sources.files import outcomes, roster, teams, usage, work, workflows
from bot.sources.files.problems import FileRefused, Problems
from bot.sources.files.reading import Columns, CsvFile
from bot.sources.files.report import FileReport, Report
from storage.load.filling import Repeats
from storage.load.organisation import Replaced, save_teams, save_workflows, uncatalogued_workflows
from storage.load.outcomes import save_outcomes
from storage.load.roster import save_roster
from storage.load.staging import Row
from storage.load.writes import LoadOf, Saved, note_load, save_usage_rows, save_work_rows
from storage.records import Restate

SOURCE = "files"
LISTED = 10  # workflows named in a warning
UTC_ZONE = ZoneInfo("UTC")
Progress = Callable[[str, int, int], None]  # told a file's name, its bytes read, and all its bytes
Clock = Callable[[], datetime]
Record = TypeVar("Record")


def import_folder(
    folder: Path,
    engine: Engine,
    workspace_id: int,
    *,
    clock: Clock,
    strict: bool = False,
    zone: ZoneInfo = UTC_ZONE,
    feed: str = "",
    whole_days: bool = False,
    progress: Progress = lambda _file, _done, _size: None,
) -> Report:
    """Load the import files of a folder, in the order in which they build on each other.

    A file that cannot be trusted is left out and the others are loaded; the report says which and why.
    With `strict` one bad row leaves its whole file out. Raises FileRefused where there is no import file at all.
    """
    started = perf_counter()
    present = _present(folder)
    today = max(clock().astimezone(zone).date(), clock().date())
    run = _Import(engine, workspace_id, strict, clock, zone, today, feed, whole_days)
    kinds: dict[str, tuple[Columns, Callable[[CsvFile], Saved | Replaced]]] = {
        "teams.csv": (teams.COLUMNS, run.teams),
        "roster.csv": (roster.COLUMNS, run.roster),
        "workflows.csv": (workflows.COLUMNS, run.workflows),
        "usage.csv": (usage.COLUMNS, run.usage),
        "work.csv": (work.COLUMNS, run.work),
        "outcomes.csv": (outcomes.COLUMNS, run.outcomes),
    }
    if not present & kinds.keys():
        raise FileRefused(f"there is none of {', '.join(kinds)} in the folder")
    report = Report(warnings=[f"{name} is no import file and was left out" for name in sorted(present - kinds.keys())])
    for name, (columns, load) in kinds.items():
        if name in present:
            report.files.append(_load(folder / name, columns, load, progress))
    report.seconds = perf_counter() - started
    return report


def _present(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir() if path.suffix.lower() == ".csv"}
    except OSError as error:
        raise FileRefused(f"the folder cannot be read: {error.strerror}") from error


def _load(path: Path, columns: Columns, load: Callable[[CsvFile], Saved | Replaced], progress: Progress) -> FileReport:
    started = perf_counter()
    size = path.stat().st_size
    file = CsvFile(path, columns, Problems(path.name), told=lambda done: progress(path.name, done, size))
    report = FileReport(file=path.name)
    try:
        saved = load(file)
    except FileRefused as refused:
        report.error = str(refused)
    else:
        for field in fields(saved):
            if field.name != "rejected":
                setattr(report, field.name, getattr(saved, field.name))
    report.read, report.rejected = file.read, file.problems.rejected
    report.rejections = sorted(file.problems.listed, key=lambda rejection: rejection.line)
    report.warnings = file.problems.warnings
    report.seconds = perf_counter() - started
    return report


@dataclass(frozen=True, slots=True)
class _Import:
    """What all files of one run share."""

    engine: Engine
    workspace_id: int
    strict: bool
    clock: Clock
    zone: ZoneInfo
    today: date
    feed: str
    whole_days: bool

    def teams(self, file: CsvFile) -> Replaced:
        return self._replace(file, teams.read, save_teams)

    def roster(self, file: CsvFile) -> Replaced:
        return self._replace(file, roster.read, save_roster)

    def workflows(self, file: CsvFile) -> Replaced:
        return self._replace(file, workflows.read, save_workflows)

    def outcomes(self, file: CsvFile) -> Replaced:
        return self._replace(file, partial(outcomes.read, today=self.today), save_outcomes)

    def usage(self, file: CsvFile) -> Saved:
        clocks = usage.Clocks(self.zone, self.today)
        rows = self._all_or_none(file, usage.rows(file, clocks))
        return save_usage_rows(self.engine, self._load(file), rows, utc_days=lambda: clocks.in_utc)

    def work(self, file: CsvFile) -> Saved:
        saved = save_work_rows(self.engine, self._load(file), self._all_or_none(file, work.rows(file, self.today)))
        with self.engine.connect() as connection:
            unknown = uncatalogued_workflows(connection, self.workspace_id)
        if unknown:
            more = f" and {len(unknown) - LISTED} more" if len(unknown) > LISTED else ""
            file.problems.warn(f"workflows that are in no catalogue: {', '.join(unknown[:LISTED])}{more}")
        return saved

    def _load(self, file: CsvFile) -> LoadOf:
        return LoadOf(
            workspace_id=self.workspace_id,
            source=SOURCE,
            what=file.path.name,
            now=self.clock(),
            feed=self.feed,
            rule=Restate.WHOLE_DAYS if self.whole_days else Restate.NEWEST,
            repeats=Repeats.ADD,
        )

    def _all_or_none(self, file: CsvFile, rows: Iterator[Row]) -> Iterator[Row]:
        yield from rows
        self._refuse_bad_rows(file)

    def _refuse_bad_rows(self, file: CsvFile) -> None:
        if self.strict and file.problems.rejected:
            raise FileRefused(f"{file.problems.rejected:,} rows are bad, and a strict import takes all rows or none")

    def _replace(
        self,
        file: CsvFile,
        read: Callable[[CsvFile], list[tuple[int, Record]]],
        save: Callable[[Connection, int, Sequence[Record]], Replaced],
    ) -> Replaced:
        found = read(file)
        with self.engine.begin() as connection:
            result = save(connection, self.workspace_id, [record for _, record in found])
            for place, reason in result.rejected:
                file.problems.reject(found[place][0], reason)
            self._refuse_bad_rows(file)
            note_load(connection, self.workspace_id, SOURCE, file.path.name, self.clock(), result.counts())
        return result
