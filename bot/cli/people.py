"""`fulcrum people`: whom sources name and the roster does not know, and who is one with whom."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.privacy.erasing import erase
from bot.processes.store import clock, open_for_writing
from bot.settings import Settings
from bot.sources.files.unmatched import Stranger, link, strangers, unlink
from storage import workspaces

OPERATOR = "the operator"


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """List whom nobody is known for, link an outside id to a person, undo that, or erase somebody."""
    engine = open_for_writing(settings)
    with engine.begin() as connection:
        workspace_id = workspaces.chosen(connection, settings.workspace)
        if parsed.action == "link":
            days = parsed.start, parsed.end
            print(link(connection, workspace_id, parsed.outside_id, parsed.email, OPERATOR, clock(), *days))
        elif parsed.action == "unlink":
            print(unlink(connection, workspace_id, parsed.outside_id, OPERATOR, clock()))
        elif parsed.action == "erase":
            print(erase(connection, workspace_id, parsed.email, clock()))
        else:
            _list([*strangers(connection, workspace_id)], parsed.json)
    return 0


def _list(found: Sequence[Stranger], as_json: bool) -> None:
    if as_json:
        print(json.dumps([_data(stranger) for stranger in found], indent=2, ensure_ascii=False))
        return
    if not found:
        print("Everybody whom a source names is in the roster.")
        return
    table = Table("outside id", "tokens", "requests", "days", "is it?", box=None, pad_edge=False)
    for stranger in found:
        use = stranger.found
        days, likely = f"{use.first_day} to {use.last_day}", ", ".join(stranger.suggested)
        table.add_row(use.subject, f"{use.tokens:,}", f"{use.requests:,}", days, likely)
    Console().print(table)
    print("To say who somebody is: fulcrum people link OUTSIDE_ID EMAIL")


def _data(stranger: Stranger) -> dict[str, object]:
    use = stranger.found
    return {
        "outside_id": use.subject,
        "tokens": use.tokens,
        "requests": use.requests,
        "first": use.first_day.isoformat(),
        "last": use.last_day.isoformat(),
        "suggested": [*stranger.suggested],
    }
