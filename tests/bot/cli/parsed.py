"""What a line of the command line is parsed as."""

from __future__ import annotations

import argparse

from bot.cli.main import command_line


def parsed(*words: str) -> argparse.Namespace:
    """The namespace of these words, as `main` runs it."""
    return command_line().parse_args(words)
