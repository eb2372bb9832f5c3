"""Commands for who runs it: the processes, the store, its settings, the demo.

Each imports what it needs when it runs, so that a question does not wait for Slack's or Alembic's code.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.loading import loading
from bot.cli.parsing import Commands, action_of, command_of, day
from bot.settings import Settings

if TYPE_CHECKING:
    pass

ENGINES = ("rules", "openai", "auto")


def add(commands: Commands) -> None:
    """These commands with their options."""
    command_of(commands, "migrate", migrate)
    command_of(commands, "serve", serve)
    command_of(commands, "worker", worker)
    command = command_of(commands, "doctor", doctor)
    command.add_argument("--json", action="store_true", help="print what was found as data")
    for name, copies in (("backup", backup), ("restore", restore)):
        command_of(commands, name, copies).add_argument("file", type=Path, metavar="FILE")
    command = command_of(commands, "settings", settings_)
    form = command.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as a table of Markdown, as without a word")
    form.add_argument("--env", action="store_true", help="as a file for a shell, to fill in")
    _of_agents(command_of(commands, "mcp", mcp))
    command = command_of(commands, "demo", demo)
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it plays on")
    where = command.add_mutually_exclusive_group()
    where.add_argument("--terminal", action="store_true", help="answers in the terminal instead of a page")
    where.add_argument("--browser", action="store_true", help="the page, also where nobody sits at the terminal")
    command.add_argument("--port", type=int, default=0, help="where the page is; a free port if not given")


def migrate(_parsed: argparse.Namespace, settings: Settings) -> int:
    """Bring the store to the newest schema."""
    from storage.engine import writing_engine
    from storage.schema import migrate as run

    run(writing_engine(settings.database_url))
    print("The store has the newest schema.")
    return 0


def serve(_parsed: argparse.Namespace, settings: Settings) -> int:
    """Run the web process."""
    with loading():
        from bot.processes.build import serve as run

    return run(settings)


def worker(_parsed: argparse.Namespace, settings: Settings) -> int:
    """Run the clock, and Socket Mode where an app token is set."""
    with loading():
        from bot.processes.build import worker as run

    return run(settings)


def doctor(parsed: argparse.Namespace, _settings: Settings | None = None) -> int:
    """Look at settings, store, sources, Slack and model: one line each, with what to do."""
    from bot.cli.doctor import run

    return run(parsed.json, parsed.workspace or "")


def backup(parsed: argparse.Namespace, settings: Settings) -> int:
    """Write the whole store to one file, while the app runs."""
    from bot.cli.backup import save

    return save(settings, parsed.file)


def restore(parsed: argparse.Namespace, settings: Settings) -> int:
    """Make a backup the content of a store that has none."""
    from bot.cli.backup import bring_back

    return bring_back(settings, parsed.file)


def settings_(parsed: argparse.Namespace, _settings: Settings) -> int:
    """Print every setting with its meaning and its default."""
    from bot.cli import settings as printed

    print(printed.env() if parsed.env else printed.markdown())
    return 0


def mcp(parsed: argparse.Namespace, settings: Settings) -> int:
    """Offer questions, digest and advice to agents (MCP), or handle the tokens that they come with."""
    from bot.cli.agents import run

    return run(settings, parsed)


def demo(parsed: argparse.Namespace, settings: Settings) -> int:
    """Show Fulcrum on an invented organisation."""
    from bot.cli.demo import demo as run

    # Without a person at both ends (a pipe, a build) it shows its three answers and ends by itself.
    page = parsed.browser or not (parsed.terminal or not (sys.stdin.isatty() and sys.stdout.isatty()))
    return run(settings, parsed.as_of or datetime.now(UTC).date(), page, parsed.port)


def _of_agents(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as", dest="as_email", metavar="EMAIL", help="ask as this person; as the operator if not given"
    )
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="the day it is asked")
    command.add_argument("--http", action="store_true", help="serve HTTP at /mcp, where each agent brings a token")
    command.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where it listens (127.0.0.1)")
    command.add_argument("--port", type=int, default=8365, help="and on which port (8365)")
    command.add_argument(
        "--known-as", action="append", default=[], metavar="NAME", help="a host name it is reached by, behind a proxy"
    )
    actions = command.add_subparsers(dest="action", metavar="token|tokens|revoke")
    action = action_of(actions, "token", "make a token with which an agent asks as this person")
    action.add_argument("email", metavar="EMAIL")
    listing = action_of(actions, "tokens", "list the tokens in force")
    ending = action_of(actions, "revoke", "refuse a token from now on")
    ending.add_argument("id", type=int, metavar="ID")
    for action in (listing, ending):
        action.add_argument("--as", dest="person", metavar="EMAIL", help="as this person: one's own, an admin all")
