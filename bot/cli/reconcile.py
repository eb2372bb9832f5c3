"""`fulcrum reconcile MONTH`: our total, the vendor's own report and its invoice side by side, with the difference."""

from __future__ import annotations

import argparse
import json

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.processes.store import clock, open_for_writing
from bot.settings import Settings
from bot.sources.catalogue import SOURCES
from bot.sources.reconciliation import COLUMNS, MonthReconciliation, lines, month_of
from storage import workspaces
from storage.answer.reconciling import reconcile


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """Lay the month's money side by side."""
    month = month_of(parsed.month, clock().astimezone(settings.zone).date())
    engine = open_for_writing(settings)
    with engine.connect() as connection:
        workspace_id = workspaces.chosen(connection, settings.workspace)
        found = lines(reconcile(connection, workspace_id, month, [source.name for source in SOURCES]))
    if parsed.json:
        print(json.dumps({"month": f"{month.start:%Y-%m}", "lines": [line.to_json() for line in found]}, indent=2))
        return 0
    print(MonthReconciliation(month, found).summary())
    if found:
        table = Table(box=box.SIMPLE_HEAD)
        for column in COLUMNS:
            table.add_column(column, justify="left" if column == COLUMNS[0] else "right")
        for line in found:
            table.add_row(*map(escape, line.cells()))
        console = Console()
        console.print(table)
        for reason in MonthReconciliation(month, found).why():
            console.print(f"  {reason}", markup=False, highlight=False)
    return 0
