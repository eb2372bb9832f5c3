"""The command line: `fulcrum ask | eval | import | migrate | …`; what goes wrong is one line on standard error."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from bot.cli import asking, keeping, operating
from bot.cli.parsing import Version
from bot.errors import NotReady, SettingsError, UserError
from bot.settings import load
from storage.errors import StorageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    parsed = command_line().parse_args(arguments)
    try:
        if parsed.run is operating.doctor:  # it says itself what is wrong with the settings
            return int(operating.doctor(parsed))
        settings = load(os.environ)
        return int(parsed.run(parsed, replace(settings, workspace=parsed.workspace or settings.workspace)))
    except (UserError, SettingsError, NotReady, StorageError) as error:
        print(f"fulcrum: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:  # the store's library is not imported by commands without use for it
        told = _told(error)
        if not told:
            raise
        print(f"fulcrum: {told}", file=sys.stderr)
    return 1


def command_line() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(prog="fulcrum", description="How much leverage your teams get from AI.")
    parser.add_argument("--version", action=Version, nargs=0, help="print which release this is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (asking, keeping, operating):
        group.add(commands)
    return parser


def _told(error: Exception) -> str:
    """What is said of a fault of the store; its library's own words can hold statements and addresses."""
    from sqlalchemy.exc import SQLAlchemyError

    from storage.faults import operator_words

    unknown = f"the store cannot be used ({type(error).__name__}); check DATABASE_URL"
    return operator_words(error) or (unknown if isinstance(error, SQLAlchemyError) else "")


if __name__ == "__main__":
    sys.exit(main())
