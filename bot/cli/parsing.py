"""What a command has in common with the others: its organisation, its help, the release."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from bot.settings import Settings

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
WORKSPACE, WHICH = "--workspace", "which organisation of the store; the first if not given"
PACKAGE = "fulcrum-bot"  # its name where packages are installed


def command_of(
    commands: Commands, name: str, run: Callable[[argparse.Namespace, Settings], int]
) -> argparse.ArgumentParser:
    """A command; the first line of what it runs is its help."""
    made = commands.add_parser(name, help=(run.__doc__ or "").strip())
    made.set_defaults(run=run)
    made.add_argument(WORKSPACE, metavar="NAME", help=WHICH)
    return made


def action_of(actions: Commands, name: str, does: str) -> argparse.ArgumentParser:
    """What one command does beside its usual work; its organisation may stand before its name or behind it."""
    made = actions.add_parser(name, help=does)
    made.add_argument(WORKSPACE, metavar="NAME", default=argparse.SUPPRESS, help=WHICH)
    return made


def day(text: str) -> date:
    """A day as it is written in an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-18") from None


class Version(argparse.Action):
    """Looks the release up when it is asked for: reading the package's metadata takes longer than all the parsing."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib import metadata

        try:
            print(f"fulcrum {metadata.version(PACKAGE)}")
        except metadata.PackageNotFoundError:
            parser.error("this is no installed package, so it has no version")
        parser.exit()
