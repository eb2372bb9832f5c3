"""Commands for what is stored: files, loads, vendors, session logs, people, bills.

Each imports what it needs when it runs, so that a question does not wait for Slack's or Alembic's code.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.cli.parsing import Commands, action_of, command_of, day
from bot.settings import Settings

if TYPE_CHECKING:
    pass

ENGINES = ("rules", "openai", "auto")


def add(commands: Commands) -> None:
    """These commands with their options."""
    command = command_of(commands, "import", import_)
    command.add_argument("path", type=Path, metavar="FILE|DIR")
    command.add_argument("--dry-run", action="store_true", help="say what would be loaded, and write nothing")
    command.add_argument("--feed", default="", metavar="NAME", help="which account or device the usage is of")
    command.add_argument("--whole-days", action="store_true", help="the files have all of their days: the rest goes")
    command.add_argument("--strict", action="store_true", help="a file with a bad row loads nothing")
    command.add_argument("--json", action="store_true", help="print the report as data")
    command = command_of(commands, "export", export)
    command.add_argument("folder", type=Path, metavar="DIR")
    command.add_argument("question", nargs="*", metavar="QUESTION", help="the whole store if none is given")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="as that person may see it")
    command.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help="as if that day were today")
    command.add_argument("--parquet", action="store_true", help="as Parquet, with fulcrum-bot[parquet]")
    command = command_of(commands, "loads", loads)
    command.add_argument("--json", action="store_true", help="print them as data")
    actions = command.add_subparsers(dest="action", metavar="undo")
    action = action_of(actions, "undo", "take a load back: the store is then as if it had never been")
    action.add_argument("id", type=int, metavar="ID")
    command = command_of(commands, "reconcile", reconcile)
    command.add_argument("month", metavar="YYYY-MM")
    command.add_argument("--json", action="store_true", help="print it as data")
    command = command_of(commands, "people", people)
    command.add_argument("--json", action="store_true", help="print them as data")
    actions = command.add_subparsers(dest="action", metavar="link|unlink|erase")
    action = action_of(actions, "link", "an outside id, another e-mail or an @domain is this person's")
    action.add_argument("outside_id", metavar="OUTSIDE_ID")
    action.add_argument("email", metavar="EMAIL")
    action.add_argument("--from", dest="start", type=day, metavar="YYYY-MM-DD", help="since when")
    action.add_argument("--to", dest="end", type=day, metavar="YYYY-MM-DD", help="until when")
    action = action_of(actions, "unlink", "undo a link, or part what a rule joined")
    action.add_argument("outside_id", metavar="OUTSIDE_ID")
    action = action_of(actions, "erase", "forget somebody for good; figures of their teams stay as they are")
    action.add_argument("email", metavar="EMAIL")
    command = command_of(commands, "logs", logs)
    command.add_argument("folder", type=Path, metavar="DIR", help="such as ~/.claude, ~/.codex, or your home")
    command.add_argument("--json", action="store_true", help="print the totals as data")
    command.add_argument("--zone", type=_zone, default=ZoneInfo("UTC"), help="the time zone of the days (UTC)")
    command.add_argument("--save", action="store_true", help="write them to the store too")
    command.add_argument("--as", dest="as_email", metavar="EMAIL", help="whose use they are saved as")
    command.add_argument("--feed", metavar="NAME", help="what this machine is called in the store")
    command.add_argument("--fresh", action="store_true", help="forget earlier runs, and read all that is there")
    command = command_of(commands, "sync", sync)
    command.add_argument("name", nargs="?", metavar="NAME", help="which source; all that are on if not given")
    command.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="read again from this UTC day on")
    command.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="up to this UTC day")
    command.add_argument("--json", action="store_true", help="print what was read as data")
    command.add_argument(
        "--believe",
        action="store_true",
        help="take a roster also where more than half of its people are gone, and a day where more than half of its "
        "events are",
    )
    command = command_of(commands, "sources", sources)
    command.add_argument("--json", action="store_true", help="print them as data")


def import_(parsed: argparse.Namespace, settings: Settings) -> int:
    """Load import files or known exports: a folder of them, or one."""
    from bot.cli.importing import run

    return run(settings, parsed)


def export(parsed: argparse.Namespace, settings: Settings) -> int:
    """Write answers, or the whole store, as files that say what they hold."""
    from bot.cli.export import run

    return run(settings, parsed)


def loads(parsed: argparse.Namespace, settings: Settings) -> int:
    """List what was loaded, or take a load back."""
    from bot.cli.loads import run

    return run(settings, parsed)


def reconcile(parsed: argparse.Namespace, settings: Settings) -> int:
    """Lay a month's total, each vendor's own report and its invoice side by side."""
    from bot.cli.reconcile import run

    return run(settings, parsed)


def people(parsed: argparse.Namespace, settings: Settings) -> int:
    """List whom the roster does not know, say who somebody is, undo that, or erase somebody."""
    from bot.cli.people import run

    return run(settings, parsed)


def logs(parsed: argparse.Namespace, settings: Settings) -> int:
    """Print what coding agents used, by their session logs below a folder."""
    from bot.cli.logs import LogsCommand, run

    asked = LogsCommand(
        folder=parsed.folder,
        zone=parsed.zone,
        as_json=parsed.json,
        save=parsed.save,
        email=parsed.as_email,
        feed=parsed.feed,
        fresh=parsed.fresh,
    )
    return run(settings, asked)


def sync(parsed: argparse.Namespace, settings: Settings) -> int:
    """Read what vendors report: of one source, or of all whose key is set."""
    from bot.cli.sync import sync as run

    return run(settings, parsed)


def sources(parsed: argparse.Namespace, settings: Settings) -> int:
    """List every source with its state, its last error and what to do."""
    from bot.cli.sync import sources as run

    return run(settings, parsed)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"there is no time zone {name!r}") from error
