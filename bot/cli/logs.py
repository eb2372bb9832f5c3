"""`fulcrum logs DIR`: what coding agents on a machine used, as a table or as data, and into the store where asked."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.settings import Settings
from bot.sources.logs import ledger
from bot.sources.logs.reading import Progress, read_folder
from bot.sources.logs.totals import DayTotal, Totals, totals

if TYPE_CHECKING:
    from rich.table import Table

# What draws and what saves is imported where it is needed: a run that finds one new line takes as long as it takes
# to start.

SHOWN = 10  # bad lines in the text; the JSON holds more
HEADINGS = ("date", "model", "calls", "input", "cached", "written", "output", "cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogsCommand:
    """What the command was asked."""

    folder: Path
    zone: ZoneInfo
    as_json: bool = False
    save: bool = False
    email: str | None = None
    feed: str | None = None
    fresh: bool = False


def run(settings: Settings, asked: LogsCommand) -> int:
    """Read, save where asked, print; the exit code is 0 also where lines could not be read."""
    if not asked.folder.is_dir():
        raise UserError(f"There is no folder {asked.folder}.")
    if asked.save and not asked.email:
        raise UserError("Whose machine is it? Add --as EMAIL to --save.")
    with ledger.opened(ledger.ledger_of(asked.folder)) as connection:
        if asked.fresh:
            ledger.forget(connection)
        with _progress(sys.stderr.isatty()) as told:
            files = read_folder(connection, asked.folder, told)
        found = totals(connection, files, asked.zone)
        saved = _save(connection, settings, asked) if asked.save else ""
    if asked.as_json:
        print(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        _print(found, asked.folder)
    if saved:
        print(saved, file=sys.stderr if asked.as_json else sys.stdout)
    return 0


def _save(connection: sqlite3.Connection, settings: Settings, asked: LogsCommand) -> str:
    from bot.processes.store import clock, open_for_writing
    from bot.sources.logs.saving import device, save
    from storage import workspaces
    from storage.load.zones import own_zone

    engine = open_for_writing(settings)
    with engine.connect() as reading:
        workspace_id = workspaces.chosen(reading, settings.workspace)
    email, feed = (asked.email or "").strip().lower(), asked.feed or device()
    done = save(
        connection,
        engine,
        workspace_id,
        email=email,
        feed=feed,
        zone=own_zone(engine, workspace_id, settings.zone),
        clock=clock,
    )
    counts = f"{done.new:,} new, {done.changed:,} changed, {done.unchanged:,} known"
    stranger = " Nobody with this e-mail is in the roster." if done.unmatched_rows else ""
    return f"Saved as use by {email} from {feed}: {counts}.{stranger}"


@contextmanager
def _progress(on_terminal: bool) -> Iterator[Progress]:
    if not on_terminal:
        yield lambda _done, _size: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bars:
        task = bars.add_task("session logs", total=None)
        last = -1

        def told(done: int, size: int) -> None:
            nonlocal last
            # Drawn a hundred times at most, and by no thread: the processes that read are forks of this one.
            if size and done * 100 // size != last:
                last = done * 100 // size
                bars.update(task, completed=done, total=size)
                bars.refresh()

        yield told


def _print(found: Totals, folder: Path) -> None:
    from rich.console import Console

    console = Console()
    if not found.files and not found.rows:
        console.print(f"There are no session logs of coding agents below {folder}.", markup=False, highlight=False)
        return
    for tool, rows in groupby(sorted(found.rows, key=attrgetter("tool")), key=attrgetter("tool")):
        console.print(_table(tool, list(rows)))
    for line in _notes(found):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _table(tool: str, rows: list[DayTotal]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=tool, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for place, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="left" if place < 2 else "right", no_wrap=place != 1, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, _cells(row)))
    return table


def _cells(row: DayTotal) -> Iterator[str]:
    from bot.figures import figure, short
    from storage.catalogue import Unit

    yield from (row.date, row.model or "no model", f"{row.requests:,}")
    for tokens in (row.input_tokens, row.cached_input_tokens, row.cache_write_tokens, row.output_tokens):
        yield short(tokens, Unit.TOKENS)
    yield figure(row.cost_usd, Unit.USD)


def _notes(found: Totals) -> Iterator[str]:
    yield f"{found.files:,} files; days in {found.zone}; cost {found.cost}."
    if found.unpriced:
        yield f"No price is known for {_counted(found.unpriced)}: their cost is left open."
    if found.assumed_model:
        yield f"Some sessions name no model; theirs is taken to be {_counted(found.assumed_model)}."
    if found.output_alone:
        yield f"Sessions that did not end tell their output alone: {_counted(found.output_alone)}."
    for file, line, reason in found.skipped[:SHOWN]:
        yield f"left out: {file}:{line}: {reason}"
    if len(found.skipped) > SHOWN:
        yield f"and {len(found.skipped) - SHOWN:,} more lines left out"


def _counted(calls: dict[str, int]) -> str:
    return ", ".join(f"{name or '(none)'} ({count:,} calls)" for name, count in calls.items())
