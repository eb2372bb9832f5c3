"""What a start costs in CPU time, beside an interpreter that imports SQLAlchemy alone: `fulcrum ask`, and `serve`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import LARKSPUR_DAY
from tests.shared import ROOT

RUNS = 5
BARE = ("-c", "import sqlalchemy")
ASK = ("-m", "bot.cli.main", "ask", "--as-of", LARKSPUR_DAY.isoformat(), "tokens per employee last month")
SERVE = ("-c", "from bot.cli.loading import loading\nwith loading():\n    import bot.processes.build")
MOST_ASK, MOST_SERVE = 5.0, 5.0  # times the bare one


def seconds(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """The least CPU time of some runs, the first of which compiles."""
    found = []
    for _ in range(RUNS + 1):
        before = os.times()
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
        after = os.times()
        found.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(found[1:])


def test_a_start_loads_little_more_than_it_needs(larkspur: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"DATABASE_URL": larkspur, "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    bare, ask, serve = (seconds(arguments, environment) for arguments in (BARE, ASK, SERVE))
    print(f"\nCPU s: import sqlalchemy {bare:.2f}, ask {ask:.2f}, serve {serve:.2f}")
    print(f"beside the first: ask {ask / bare:.1f} ×, serve {serve / bare:.1f} ×")
    assert ask <= MOST_ASK * bare
    assert serve <= MOST_SERVE * bare
