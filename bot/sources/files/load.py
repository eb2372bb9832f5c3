"""Loads import files: each in one transaction or not at all, then a report. With `dry_run` nothing is written."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from bot.sources.files import (
    aliases,
    budgets,
    events,
    hr_exports,
    identities,
    invoices,
    outcomes,
    rates,
    roster,
    seats,
    targets,
    teams,
    usage,
    work,
    work_rules,
    workflows,
)
from bot.sources.files.exports import recognise
from bot.sources.files.problems import FileRefused, Problems
from bot.sources.files.reading import Columns, CsvFile
from bot.sources.files.report import FileReport, FolderReport
from bot.sources.files.sniffing import sniff
from storage.load.gathering import Repeats
from storage.load.known_days import NOTHING_KNOWN, DaysMoved, KnownDays
from storage.load.load_log import note_load
from storage.load.organisation import Replaced, uncatalogued_workflows
from storage.load.outcomes import save_outcomes
from storage.load.staging import Row
from storage.load.truths import save_truth
from storage.load.work_rules import not_catalogued
from storage.load.writes import LoadOf, Saved, save_usage_rows, save_work_rows
from storage.load.zones import keep_zone, own_zone
from storage.records import Restate

SOURCE = "files"
LISTED = 10  # workflows named in a warning
UTC_ZONE = ZoneInfo("UTC")
ENDINGS = (".csv", ".tsv", ".txt")
# In the order in which they build on each other.
FILES: Mapping[str, Columns] = {
    "teams": teams.COLUMNS,
    "aliases": aliases.COLUMNS,
    "identities": identities.COLUMNS,
    "rates": rates.COLUMNS,
    "invoices": invoices.COLUMNS,
    "budgets": budgets.COLUMNS,
    "targets": targets.COLUMNS,
    "events": events.COLUMNS,
    "roster": roster.COLUMNS,
    "seats": seats.COLUMNS,
    "workflows": workflows.COLUMNS,
    "work_rules": work_rules.COLUMNS,
    "usage": usage.COLUMNS,
    "work": work.COLUMNS,
    "outcomes": outcomes.COLUMNS,
}
ORDER = [*FILES]
ORDER[ORDER.index("roster") : ORDER.index("roster")] = hr_exports.KINDS  # a roster of one's own comes after them
Progress = Callable[[str, int, int], None]  # told a file's name, its bytes read, and all its bytes
Clock = Callable[[], datetime]


def find_files(path: Path) -> tuple[list[tuple[str, Path]], list[str]]:
    """The import files of a folder, or the one file, each with its kind; and the names of others.

    Raises FileRefused where there is none at all.
    """
    if not path.exists():
        raise FileRefused("there is no such file or folder")
    try:
        present = [path] if path.is_file() else sorted(file for file in path.iterdir() if _may_be(file))
        kinds = {file: _kind(file, alone=path.is_file()) for file in present}
        if not any(kinds.values()):
            kinds = {file: _kind(file, alone=True) for file in present}
    except OSError as error:
        raise FileRefused(f"it cannot be read: {error.strerror}") from error
    found = [(kind, file) for file, kind in kinds.items() if kind]
    if not found:
        names = ", ".join(f"{name}.csv" for name in FILES)
        what = "it is no import file" if path.is_file() else "there is no import file in the folder"
        raise FileRefused(f"{what}: neither {names} nor an export that is known")
    return sorted(found, key=lambda pair: ORDER.index(pair[0])), [file.name for file, kind in kinds.items() if not kind]


def import_folder(
    path: Path,
    engine: Engine,
    workspace_id: int,
    *,
    clock: Clock,
    strict: bool = False,
    zone: ZoneInfo = UTC_ZONE,
    feed: str = "",
    whole_days: bool = False,
    dry_run: bool = False,
    today: date | None = None,
    progress: Progress = lambda _file, _done, _size: None,
) -> FolderReport:
    """Load the import files of a folder, or one file, in the order in which they build on each other.

    A file that cannot be trusted is left out and the others are loaded; the report says which and why.
    With `strict` one bad row leaves its whole file out. Raises FileRefused where there is no import file at all.
    """
    started = perf_counter()
    found, others = find_files(path)
    if not dry_run:
        keep_zone(engine, zone)
    zone = own_zone(engine, workspace_id, zone)
    today = today or max(clock().astimezone(zone).date(), clock().date())
    run = _Import(engine, workspace_id, strict, clock, zone, today, feed, whole_days, dry_run)
    report = FolderReport(warnings=[f"{name} is no import file and was left out" for name in others], dry_run=dry_run)
    run.staff.awaited = sum(kind in hr_exports.KINDS for kind, _ in found)
    for kind, file in found:
        columns = hr_exports.KINDS.get(kind) or FILES[kind]
        report.files.append(_load(file, columns, partial(run.load, kind), progress))
    report.seconds = perf_counter() - started
    return report


def _warn_of_workflows(file: CsvFile, unknown: Sequence[str]) -> None:
    if unknown:
        more = f" and {len(unknown) - LISTED} more" if len(unknown) > LISTED else ""
        file.problems.warn(f"workflows that are in no catalogue: {', '.join(unknown[:LISTED])}{more}")


def _may_be(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and path.is_file()


def _kind(path: Path, alone: bool) -> str:
    """What kind of file it is: by its name, or by its header where it is a known export or nothing else is there."""
    if path.stem.lower() in FILES and path.suffix.lower() in ENDINGS:
        return path.stem.lower()
    dress = sniff(path, usage.COLUMNS.recognised | hr_exports.HEADINGS)
    with path.open(encoding=dress.encoding, errors="replace", newline="") as text:
        try:
            header = next(islice(csv.reader(text, delimiter=dress.delimiter), dress.above, None), [])
        except csv.Error:
            return ""
    if recognise(header):
        return "usage"
    told = hr_exports.recognise(header)
    if told or not alone:
        return told or ""
    fitting = {kind: columns.recognise(header) for kind, columns in FILES.items() if columns.fit(header)}
    return max(fitting, key=lambda kind: fitting[kind], default="")  # a roster has all that a file of teams needs


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
        for part in fields(saved):
            if part.name not in ("rejected", "before"):
                setattr(report, part.name, getattr(saved, part.name))
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
    dry_run: bool
    staff: hr_exports.Staff = field(default_factory=hr_exports.Staff)

    def load(self, kind: str, file: CsvFile) -> Saved | Replaced:
        """Load one file of a kind."""
        if kind == "usage":
            return self._usage(file)
        if kind == "work":
            return self._work(file)
        if kind in hr_exports.KINDS:
            return self._staff(kind, file)
        read: dict[str, Callable[[CsvFile], list[tuple[int, Any]]]] = {
            "teams": teams.read,
            "aliases": aliases.read,
            "identities": identities.read,
            "rates": rates.read,
            "invoices": invoices.read,
            "budgets": budgets.read,
            "targets": targets.read,
            "events": events.read,
            "roster": roster.read,
            "seats": seats.read,
            "workflows": workflows.read,
            "work_rules": work_rules.read,
            "outcomes": partial(outcomes.read, today=self.today),
        }
        return self._replace(kind, file, read[kind](file))

    def _staff(self, kind: str, file: CsvFile) -> Replaced:
        """Take one HR export; the last one brings the roster of all of them."""
        try:
            self.staff.read(kind, file)
        except FileRefused:
            self.staff.awaited -= 1
            raise
        if self.staff.awaited:
            return Replaced()
        told = self.staff.spells()
        return self._replace("roster", file, [(line, spell) for _, line, spell in told])

    def _usage(self, file: CsvFile) -> Saved:
        known = KnownDays(self.workspace_id, SOURCE, self.feed, file.path.name)
        file.leave_out = partial(known.leave_out, self.engine)
        try:
            return self._usage_rows(file, known)
        except DaysMoved:
            file.begin_again()
            return self._usage_rows(file, NOTHING_KNOWN)

    def _usage_rows(self, file: CsvFile, known: KnownDays) -> Saved:
        clocks = usage.Clocks(self.zone, self.today)
        rows = self._all_or_none(file, usage.rows(file, clocks))
        return save_usage_rows(self.engine, self._load(file, known), rows, utc_days=lambda: clocks.in_utc)

    def _work(self, file: CsvFile) -> Saved:
        saved = save_work_rows(self.engine, self._load(file), self._all_or_none(file, work.rows(file, self.today)))
        with self.engine.connect() as connection:
            unknown = uncatalogued_workflows(connection, self.workspace_id)
        _warn_of_workflows(file, unknown)
        return saved

    def _load(self, file: CsvFile, known: KnownDays = NOTHING_KNOWN) -> LoadOf:
        return LoadOf(
            workspace_id=self.workspace_id,
            source=SOURCE,
            what=file.path.name,
            now=self.clock(),
            feed=self.feed,
            rule=Restate.WHOLE_DAYS if self.whole_days else Restate.NEWEST,
            repeats=Repeats.ADD,
            known=known,
            dry_run=self.dry_run,
        )

    def _all_or_none(self, file: CsvFile, rows: Iterator[Row]) -> Iterator[Row]:
        yield from rows
        self._refuse_bad_rows(file)

    def _refuse_bad_rows(self, file: CsvFile) -> None:
        if self.strict and file.problems.rejected:
            raise FileRefused(f"{file.problems.rejected:,} rows are bad, and a strict import takes all rows or none")

    def _replace(self, kind: str, file: CsvFile, found: Sequence[tuple[int, Any]]) -> Replaced:
        records = [record for _, record in found]
        with self.engine.connect() as connection, connection.begin() as transaction:
            note = partial(self._note, connection, kind, file)
            if kind == "outcomes":
                result = save_outcomes(connection, self.workspace_id, records, note)
            else:
                result = save_truth(connection, self.workspace_id, kind, records, note)
            if kind == "work_rules":
                _warn_of_workflows(file, not_catalogued(connection, self.workspace_id, records))
            for place, reason in result.rejected:
                file.problems.reject(found[place][0], reason)
            self._refuse_bad_rows(file)
            if self.dry_run:
                transaction.rollback()
        return result

    def _note(self, connection: Connection, kind: str, file: CsvFile, result: Replaced) -> int:
        now, counts = self.clock(), result.counts()
        return note_load(connection, self.workspace_id, SOURCE, file.path.name, now, counts, kind)
