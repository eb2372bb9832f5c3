"""`fulcrum backup FILE` and `fulcrum restore FILE`."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from storage.backup import Copied, back_up, restore
from storage.engine import reading_engine, writing_engine


def save(settings: Settings, file: Path) -> int:
    """Write the whole store to a file."""
    engine = reading_engine(settings.database_url)
    print(f"{file} holds {_words(back_up(engine, file))}.")
    engine.dispose()
    return 0


def bring_back(settings: Settings, file: Path) -> int:
    """Make a backup the content of a store that has none."""
    engine = writing_engine(settings.database_url)
    print(f"The store holds {_words(restore(file, engine))} of {file}.")
    engine.dispose()
    return 0


def _words(copied: Copied) -> str:
    return f"{copied.rows:,} rows in {copied.tables} tables"
