"""Opens the store of a process, and the clock it goes by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, inspect

from bot.settings import Settings
from storage.engine import sqlite_file, writing_engine
from storage.load.locking import take_away_left
from storage.schema import migrate, require_newest
from storage.workspaces import in_other_zones

Clock = Callable[[], datetime]


def clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def open_for_writing(settings: Settings) -> Engine:
    """The store to write to; a SQLite file without any table gets its schema, an old one is refused.

    Its days are brought to the zone of the settings, where that is another one now; what an import left that died goes.
    """
    engine = writing_engine(settings.database_url, settings.connections)
    # A process that died while it made the schema left a file with something in it and no table.
    if sqlite_file(settings.database_url) is not None and not inspect(engine).get_table_names():
        migrate(engine)
    require_newest(engine)
    take_away_left(engine)
    bring_to_zone(engine, settings.zone)
    return engine


def bring_to_zone(engine: Engine, zone: ZoneInfo) -> None:
    """Cut the days of the store anew where they are those of another zone; what does that loads only then."""
    if in_other_zones(engine, zone.key):
        from storage.load.zones import keep_zone

        keep_zone(engine, zone)
