"""`fulcrum loads`: what was loaded, and taking a load back."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

from bot.processes.store import clock, open_for_writing
from bot.settings import Settings
from storage import workspaces
from storage.load.replaced_facts import KEPT
from storage.load.undoing import LoadNote, read_loads, undo

COUNTED = ("new", "changed", "unchanged", "removed")


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """List the loads, the newest first, or take one back."""
    engine = open_for_writing(settings)
    if parsed.action == "undo":
        with engine.begin() as connection:
            workspace_id = workspaces.chosen(connection, settings.workspace)
            what = undo(connection, workspace_id, parsed.id, clock())
        print(f"Load {parsed.id} ({what}) is taken back.")
        return 0
    with engine.connect() as connection:
        loads = [*read_loads(connection, workspaces.chosen(connection, settings.workspace))]
    if parsed.json:
        print(json.dumps([_data(load) for load in loads], indent=2, ensure_ascii=False))
    elif not loads:
        print("Nothing was loaded yet.")
    else:
        now = clock()
        for load in loads:
            print(_line(load, now))
    return 0


def _data(load: LoadNote) -> dict[str, Any]:
    return {
        "id": load.id,
        "finished_at": load.finished_at.isoformat(),
        "source": load.source,
        "what": load.what,
        "kind": load.kind,
        "rule": load.rule or None,
        "feeds": list(load.feeds),
        "days": {
            "first": load.first_day.isoformat() if load.first_day else None,
            "last": load.last_day.isoformat() if load.last_day else None,
        },
        "rows": {name: load.report.get(name, 0) for name in COUNTED},
        "undone_at": load.undone_at.isoformat() if load.undone_at else None,
    }


def _line(load: LoadNote, now: datetime) -> str:
    what = load.what if load.source == "files" else f"{load.source}: {load.what}"
    feeds = f" of {', '.join(load.feeds)}" if load.feeds else ""
    days = f", {load.first_day} to {load.last_day}" if load.first_day else ""
    counts = ", ".join(f"{load.report[name]:,} {name}" for name in COUNTED if load.report.get(name))
    undone = f" (taken back {load.undone_at:%Y-%m-%d %H:%M})" if load.undone_at else ""
    if not undone and not load.is_kept(now):
        undone = f" (over {KEPT.days} days old: stays)"
    return f"{load.id:>5}  {load.finished_at:%Y-%m-%d %H:%M}  {what}{feeds}{days}: {counts or 'no change'}{undone}"
