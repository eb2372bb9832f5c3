"""`fulcrum sync [NAME]` and `fulcrum sources`: reads vendors into the store, and says how each of them is doing."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.errors import UserError
from bot.processes.store import clock, open_for_writing
from bot.settings import Settings
from bot.sources.base import VendorSource
from bot.sources.catalogue import SOURCES, settings_of
from bot.sources.http.client import open_http
from bot.sources.syncing.overview import SourceOverview, overviews, received, told_days
from bot.sources.syncing.passes import Syncing, Told
from bot.sources.syncing.planning import Wanted
from bot.sources.syncing.results import ReportPass, SourcePass
from storage import workspaces


def sync(settings: Settings, parsed: argparse.Namespace) -> int:
    """Read one source, or all that are on; the exit code is 1 where one of them failed. The others are read all the
    same."""
    # What goes wrong is told below, once; Python prints warnings that nobody handles.
    logging.getLogger("bot.sources").addHandler(logging.NullHandler())
    sources = _chosen(parsed.name, settings)
    wanted = Wanted(parsed.since, parsed.until, parsed.believe)
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise UserError(f"--until {wanted.until} is before --since {wanted.since}.")
    engine = open_for_writing(settings)
    syncing = Syncing.into(engine, settings.workspace, settings.zone, clock, open_http)
    passes = []
    with _progress(sys.stderr.isatty()) as told_of:
        for source in sources:
            made = syncing.sync(source, settings_of(source, settings.sources), wanted, told_of(source))
            passes.append(made)
    if parsed.json:
        print(json.dumps([made.to_json() for made in passes], indent=2, ensure_ascii=False))
    else:
        for made in passes:
            print(_line(made))
            for report in made.reports:
                for line in (*report.unmapped.lines(), *_lacking(report)):
                    print(f"  {line}")
    failed = [error for made in passes for error in made.errors]
    for error in failed:
        print(f"fulcrum: {error}", file=sys.stderr)
    return 1 if failed else 0


def sources(settings: Settings, parsed: argparse.Namespace) -> int:
    """List every source with its state."""
    engine = open_for_writing(settings)
    with engine.connect() as connection:
        workspace_id = workspaces.chosen(connection, settings.workspace)
        found = [*overviews(connection, workspace_id, SOURCES, settings.sources, clock())]
        found += received(connection, workspace_id, settings.tokens)
    if parsed.json:
        print(json.dumps([source.to_json() for source in found], indent=2, ensure_ascii=False))
        return 0
    Console().print(_table(found))
    for source in found:
        elsewhere = f"{source.elsewhere:,} of its rows count where another source tells the same use"
        for line in (*source.errors, elsewhere if source.elsewhere else "", source.todo):
            if line:
                print(f"{source.name}: {line}")
    return 0


def _chosen(name: str | None, settings: Settings) -> Sequence[VendorSource]:
    on = [source for source in SOURCES if source.is_on(settings.sources)]
    if name is None:
        if not on:
            needed = ", ".join(sorted({source.needs[0] for source in SOURCES}))
            raise UserError(f"No source is set up. Set the key of one ({needed}); `fulcrum sources` says more.")
        return on
    found = next((source for source in SOURCES if source.name == name), None)
    if found is None:
        raise UserError(f"There is no source {name}; there are {', '.join(source.name for source in SOURCES)}.")
    if found not in on:
        raise UserError(f"{found.label} is not set up: set {found.how_to_set(settings.sources)}.")
    return [found]


class _ToldOf:
    """Shows a bar for each report of a source, where somebody looks."""

    def __init__(self, bars: Any = None) -> None:
        self._bars = bars
        self._tasks: dict[str, Any] = {}

    def __call__(self, source: VendorSource) -> Told:
        def told(report: str, done: int, all_: int) -> None:
            if self._bars is None:
                return
            name = f"{source.name} {report}"
            if name not in self._tasks:
                self._tasks[name] = self._bars.add_task(name, total=all_ or 1)
            self._bars.update(self._tasks[name], completed=done if all_ else 1)

        return told


@contextmanager
def _progress(on_terminal: bool) -> Iterator[_ToldOf]:
    if not on_terminal:
        yield _ToldOf()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _ToldOf(bars)


def _line(made: SourcePass) -> str:
    counts = ", ".join(f"{count:,} {name}" for name, count in made.rows.items() if count or name == "read")
    days = f" of {made.days[0]} to {made.days[1]}" if made.days else ""
    return f"{made.label}: rows{days}: {counts}"


def _lacking(report: ReportPass) -> list[str]:
    if not report.lacking:
        return []
    shown = told_days(report.lacking)
    return [f"{report.name}: nothing, or not all, of {shown}; answers say so, and the next pass asks again"]


def _table(found: Sequence[SourceOverview]) -> Table:
    table = Table("source", "state", "last sync (UTC)", "rows", "newest day", "gaps", box=None, pad_edge=False)
    for source in found:
        last = f"{source.last:%Y-%m-%d %H:%M}" if source.last else ""
        table.add_row(
            source.name, source.state, last, f"{source.rows:,}", str(source.newest or ""), told_days(source.gaps)
        )
    return table
