"""`fulcrum reconcile MONTH`: our total, the vendor's own report and its invoice side by side, with the difference."""

from __future__ import annotations

import argparse
import calendar
import json
import re
from datetime import date

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.errors import UserError
from bot.processes.store import open_for_writing
from bot.reconciliation import COLUMNS, lines
from bot.settings import Settings
from bot.sources.catalogue import SOURCES
from storage import workspaces
from storage.answer.reconciling import reconcile
from storage.records import Period

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def month_of(text: str) -> Period:
    """A month as YYYY-MM. Raises UserError."""
    found = MONTH.fullmatch(text.strip())
    if not found:
        raise UserError(f"{text!r} is no month; write it as YYYY-MM, such as 2026-10")
    year, number = int(found[1]), int(found[2])
    last = calendar.monthrange(year, number)[1]
    return Period(date(year, number, 1), date(year, number, last), f"{calendar.month_name[number]} {year}")


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """Lay the month's money side by side."""
    month = month_of(parsed.month)
    engine = open_for_writing(settings)
    with engine.connect() as connection:
        workspace_id = workspaces.chosen(connection, settings.workspace)
        found = lines(reconcile(connection, workspace_id, month, [source.name for source in SOURCES]))
    if parsed.json:
        print(json.dumps({"month": parsed.month, "lines": [line.to_json() for line in found]}, indent=2))
    elif not found:
        print(f"There is neither use nor an invoice in {month.label}.")
    else:
        table = Table(title=month.label, title_justify="left", box=box.SIMPLE_HEAD)
        for column in COLUMNS:
            table.add_column(column, justify="left" if column == COLUMNS[0] else "right")
        for line in found:
            table.add_row(*map(escape, line.cells()))
        console = Console()
        console.print(table)
        for line in found:
            console.print(f"  {line.why()}", markup=False, highlight=False)
    return 0
