"""A copy of a whole store in one file, and a store out of that file; the file is itself a SQLite store.

From SQLite it is made by SQLite's own backup, while others go on writing. From PostgreSQL the rows of one snapshot are
written into a fresh SQLite store, and back the other way, so that a backup also moves a store from one to the other.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, bindparam, create_engine, func, insert, inspect, select, text
from sqlalchemy.engine import URL

from storage.engine import sqlite_file
from storage.errors import BackupRefused
from storage.load.leftovers import clean
from storage.schema import is_of_a_newer_release, migrate, migration_of, require_newest
from storage.tables import Base

ROWS = 5_000  # written at once
OWNER_ALONE = 0o600
PLAIN = ("workspace",)  # what a store without data has rows in


@dataclass(frozen=True, slots=True)
class Copied:
    """How much was copied."""

    tables: int
    rows: int


def back_up(engine: Engine, file: Path) -> Copied:
    """Write the whole store to a file that is not there yet. Raises BackupRefused, and what the store raises."""
    require_newest(engine)
    if file.exists():
        raise BackupRefused(f"{file} is there already: name a new file")
    if not file.parent.is_dir():
        raise BackupRefused(f"there is no folder {file.parent}")
    with _made_beside(file) as partial:
        if engine.dialect.name == "sqlite":
            _copy_pages(Path(str(engine.url.database)), partial)
        else:
            _into_sqlite(engine, partial)
        copied = _counted(partial)
        os.replace(partial, file)
    return copied


def restore(file: Path, engine: Engine) -> Copied:
    """Make a backup the content of a store that has none. One of an older release is brought to the newest schema.

    Raises BackupRefused.
    """
    target = sqlite_file(engine.url.render_as_string(hide_password=False))
    if not (target and not target.exists()) and not _is_without_data(engine):
        raise BackupRefused(
            "the store holds data already, and a backup takes the place of nothing: move its file away, or name an "
            "empty database in DATABASE_URL"
        )
    with _made_beside(target or file) as partial:
        _copy_pages(_checked(file), partial)
        _bring_up_to_date(partial)
        copied = _counted(partial)
        if target is None:
            _into_server(partial, engine)
            return copied
        engine.dispose()
        for rest in (f"{target}-wal", f"{target}-shm"):
            Path(rest).unlink(missing_ok=True)
        os.replace(partial, target)
    return copied


@contextmanager
def _made_beside(file: Path) -> Iterator[Path]:
    """A place for a file that is made beside another, for the owner alone, and gone afterwards."""
    folder = Path(mkdtemp(prefix=f".{file.name}-", dir=file.parent))
    try:
        partial = folder / "store.db"
        partial.touch(OWNER_ALONE)
        yield partial
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def _copy_pages(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file
        found = [str(row[0]) for row in copy.execute("PRAGMA quick_check")]
    if found != ["ok"]:
        raise BackupRefused(f"{source} is damaged, so a copy of it would be: {found[0]}")


def _checked(file: Path) -> Path:
    """The file, where it is a backup."""
    if not file.is_file():
        raise BackupRefused(f"there is no file {file}")
    with file.open("rb") as opened:
        if opened.read(16) != b"SQLite format 3\0":
            raise BackupRefused(f"{file} is no backup of Fulcrum")
    return file


def _bring_up_to_date(file: Path) -> None:
    with _opened(file) as engine:
        found = migration_of(engine)
        if not found:
            raise BackupRefused("the file is no backup of Fulcrum")
        if is_of_a_newer_release(found):
            raise BackupRefused("the backup is of a newer release of Fulcrum: install that release, or a newer one")
        migrate(engine)
    with _opened(file) as engine:
        clean(engine)  # of an import that was being written nothing comes back


@contextmanager
def _opened(file: Path) -> Iterator[Engine]:
    engine = create_engine(URL.create("sqlite", database=str(file)))
    try:
        yield engine
    finally:
        engine.dispose()


def _counted(file: Path) -> Copied:
    with _opened(file) as engine, engine.connect() as connection:
        counts = [connection.scalar(select(func.count()).select_from(table)) or 0 for table in _tables()]
    return Copied(len(counts), sum(counts))


def _is_without_data(engine: Engine) -> bool:
    there = {*inspect(engine).get_table_names()}
    with engine.connect() as connection:
        return not any(
            connection.execute(select(table).limit(1)).first()
            for table in _tables()
            if table.name in there and table.name not in PLAIN
        )


def _into_sqlite(engine: Engine, file: Path) -> None:
    with _opened(file) as target:
        migrate(target)
        snapshot = engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with snapshot as source, target.begin() as into:
            _copy_rows(source, into)


def _into_server(file: Path, engine: Engine) -> None:
    if not migration_of(engine):
        migrate(engine)
    require_newest(engine)
    with _opened(file) as held, held.connect() as source, engine.begin() as into:
        _copy_rows(source, into)
        for table in _tables():
            _go_on_counting(into, table)


def _copy_rows(source: Connection, into: Connection) -> None:
    """All rows of all tables. A column that points into its own table is filled once all of its rows are there."""
    for table in reversed(_tables()):
        into.execute(table.delete())
    for table in _tables():
        own = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
        later: list[dict[str, Any]] = []
        for rows in source.execution_options(yield_per=ROWS).execute(select(table)).mappings().partitions():
            plain = [_zoned(row) for row in rows]
            later += [
                _pointing(row, table, own) for row in plain if any(row[column.name] is not None for column in own)
            ]
            into.execute(insert(table), [row | {column.name: None for column in own} for row in plain])
        if later:
            into.execute(_point(table, own), later)


def _zoned(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The row with its instants in UTC: SQLite gives them without a zone."""
    return {
        name: (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))
        if isinstance(value, datetime)
        else value
        for name, value in row.items()
    }


def _pointing(row: Mapping[str, Any], table: Table, own: list[Column[Any]]) -> dict[str, Any]:
    keys = {f"key_{column.name}": row[column.name] for column in table.primary_key}
    return keys | {f"to_{column.name}": row[column.name] for column in own}


def _point(table: Table, own: list[Column[Any]]) -> Any:
    which = [column == bindparam(f"key_{column.name}") for column in table.primary_key]
    return table.update().where(*which).values({column.name: bindparam(f"to_{column.name}") for column in own})


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let the ids that PostgreSQL gives out begin behind those that were brought."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    if sequence:
        highest = connection.scalar(select(func.max(column)))
        connection.execute(
            text("SELECT setval(CAST(:sequence AS regclass), :at, :used)"),
            {"sequence": sequence, "at": highest or 1, "used": highest is not None},
        )


def _tables() -> list[Table]:
    return [*Base.metadata.sorted_tables]
