"""Where facts wait before they join the store: tables beside it, filled in bounded memory, without holding its lock.

On SQLite they are in a file of their own beside the store's; on PostgreSQL they are temporary, filled by COPY.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement
from sqlalchemy.types import TypeEngine

from storage.catalogue.daily import COUNTS, SUMS
from storage.engine import sqlite_file
from storage.errors import StorageError
from storage.faults import operator_words
from storage.load.attached import STAGE, attached, stage_file
from storage.load.pace import Pace
from storage.tables import Day

Row = tuple[Any, ...]
POSTGRES_SCHEMA = "pg_temp"  # PostgreSQL's word for the schema of temporary tables

# What adds up where rows of one key do; each is null where it is not reported.
USAGE_SUMS = (*COUNTS, "cache_write_1h_tokens", "cost_nano", "list_nano", "credits_nano", "unpriced_tokens")
WORK_SUMS = ("items", "human_ms", "timed_items", "accepted", "reworked", "failed")
STREAM = ("tool", "provider", "model", "mode", "workflow", "ledger")
ALLOCATION = ("project", "cost_center", "repository")
PRICES = ("price_input", "price_cached", "price_cache_write", "price_output")
UNCHANGED, NEW, CHANGED, GONE = 0, 1, 2, 3  # the verdicts of the plan
PRICING = ("service_tier", "currency", *PRICES, "rule", "price_day")


def _table(name: str, columns: dict[str, TypeEngine[Any]], key: str | None = None) -> Table:
    made: list[Column[Any]] = [
        Column(
            column,
            kind,
            primary_key=column == key,
            autoincrement=False,
            server_default=str(NEW) if column == "verdict" else None,
        )
        for column, kind in columns.items()
    ]
    return Table(name, MetaData(), *made, schema=STAGE)


def _sums(names: Iterable[str]) -> dict[str, TypeEngine[Any]]:
    return {name: BigInteger() for name in names}


# `once` is 1 where rows of one key are one row said again, 0 where they add up.
_KEY: dict[str, TypeEngine[Any]] = {"key": LargeBinary(), "once": Integer(), "feed_no": Integer(), "day": Day()}
_USAGE: dict[str, TypeEngine[Any]] = {
    **_KEY,
    "at": BigInteger(),
    "subject_no": Integer(),
    "stream_no": Integer(),
    "allocation_no": Integer(),
    "pricing_no": Integer(),
    "cost_kind": Integer(),
    **_sums(USAGE_SUMS),
    "unpriced_rows": BigInteger(),
    "row_count": BigInteger(),
}
_WORK: dict[str, TypeEngine[Any]] = {
    **_KEY,
    "workflow": String(),
    "mode": String(),
    **_sums(WORK_SUMS),
    "row_count": BigInteger(),
}
# What the plan finds out about each key: the day of the fact that it has in the store (on SQLite its number too), and
# whether that differs.
_PLAN: dict[str, TypeEngine[Any]] = {"fact_id": BigInteger(), "old_day": Day(), "verdict": Integer()}

# Rows as they come; `flush` numbers the batches, so that the newest of a repeated key can be told.
usage_in = _table("usage_in", _USAGE | {"flush": Integer()} | _PLAN)
work_in = _table("work_in", _WORK | {"flush": Integer()})
# One row a key, with its plan; where no key came twice that is `usage_in` itself.
usage = _table("usage", _USAGE | _PLAN)
work = _table("work", _WORK | _PLAN)
# The dictionaries: what repeats is numbered while rows are read, and gets its id in the store with the plan.
feeds = _table("feeds", {"no": Integer(), "name": String(), "feed_id": Integer()}, key="no")
subjects = _table(
    "subjects", {"no": Integer(), "name": String(), "subject_id": Integer(), "known": Integer()}, key="no"
)
spans = _table("spans", {"no": Integer(), "start_day": Day(), "end_day": Day(), "spell_id": Integer()})
Index("staged_spans", spans.c.no)  # else each fact would be held against the spells of everybody
streams = _table("streams", {"no": Integer(), **{name: String() for name in STREAM}, "stream_id": Integer()}, key="no")
allocations = _table(
    "allocations", {"no": Integer(), **{name: String() for name in ALLOCATION}, "allocation_id": Integer()}, key="no"
)
_PRICED: dict[str, TypeEngine[Any]] = {
    "key": LargeBinary(),
    "service_tier": String(),
    "currency": String(),
    **_sums(PRICES),
    "rule": String(),
    "price_day": Day(),
}
pricings = _table("pricings", {"no": Integer(), **_PRICED, "pricing_id": Integer()}, key="no")
days = _table("days", {"day": Day()}, key="day")
# What a load takes off (`sign` -1) and adds (1) of the rollups, and the rows of one of them with it.
_ROLLED: dict[str, TypeEngine[Any]] = {
    "day": Day(),
    "spell_id": Integer(),
    "stream_id": Integer(),
    "team_id": Integer(),
    **{name: String() for name in ("currency", "cost_kind", "kind", "title", "location", "tool", "mode", "ledger")},
    **_sums(SUMS),
}
shifts = _table("shifts", {"sign": Integer()} | _ROLLED)
cells = _table("cells", {"id": BigInteger()} | _ROLLED)
marks = _table("marks", {"block": Integer(), "spell_id": Integer(), "days": BigInteger()})  # as `ActiveDays` has them

TABLES = (
    usage_in,
    work_in,
    usage,
    work,
    feeds,
    subjects,
    spans,
    streams,
    allocations,
    pricings,
    days,
    shifts,
    cells,
    marks,
)


class Stage:
    """The staging tables of one load, and the connection on which they and the store are both seen."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.postgres = connection.dialect.name == "postgresql"
        for statement in _making(connection.dialect.name):
            connection.exec_driver_sql(statement)

    def insert(self, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add plain tuples, the fastest way each driver has."""
        if not rows:
            return
        if self.postgres:
            self._copy(table, columns, rows)
        else:
            statement = insert(table).compile(dialect=self.connection.dialect, column_keys=[*columns])
            self.connection.exec_driver_sql(str(statement), [*rows])

    def analyse(self) -> None:
        """Tell PostgreSQL how much was staged; it plans joins with temporary tables badly otherwise."""
        if self.postgres:
            from psycopg import sql  # heavy, and of PostgreSQL alone

            names = sql.SQL(", ").join(sql.Identifier(POSTGRES_SCHEMA, table.name) for table in TABLES)
            with self._driver.cursor() as cursor:
                cursor.execute(sql.SQL("ANALYZE {}").format(names))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one transaction that changes the store; on SQLite it begins here and now and holds the write lock."""
        if self.postgres:
            self._trust_ids()
            yield self.connection
            return
        with Pace(pause=lambda _seconds: None).spell(self.connection):
            yield self.connection

    def analyse_stored(self, *tables: type[Any]) -> None:
        """Tell PostgreSQL how much is in these now; it would go on as if they held a handful of rows."""
        if self.postgres:
            self.connection.exec_driver_sql(f"ANALYZE {', '.join(table.__tablename__ for table in tables)}")

    def _trust_ids(self) -> None:
        """Let PostgreSQL not check again what a merge refers to: all of it was read in the same transaction.

        Six checks a fact take most of the time. It allows that to superusers alone; for others they stay.
        """
        rights = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        if self.connection.exec_driver_sql(rights).scalar() is True:
            self.connection.exec_driver_sql("SET LOCAL session_replication_role = replica")

    @property
    def _driver(self) -> Any:
        return self.connection.connection.driver_connection

    def _copy(self, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
        from psycopg import sql

        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(POSTGRES_SCHEMA, table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with self._driver.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)


@cache  # a load of a few rows would spend more on wording these than on all else
def _making(database: str) -> tuple[str, ...]:
    """The statements that make the tables and their indexes, in the SQL of "sqlite" or "postgresql"."""
    dialect = import_module(f"sqlalchemy.dialects.{database}").dialect()
    where = {STAGE: POSTGRES_SCHEMA} if database == "postgresql" else None

    def worded(part: ExecutableDDLElement) -> str:
        return str(part.compile(dialect=dialect, schema_translate_map=where, render_schema_translate=where is not None))

    # As an option of the table it would import that dialect in every command, also on SQLite.
    gone = " ON COMMIT DROP" if database == "postgresql" else ""
    made: list[str] = []
    for table in TABLES:
        made += [f"{worded(CreateTable(table)).rstrip()}{gone}", *map(worded, map(CreateIndex, table.indexes))]
    return tuple(made)


@contextmanager
def open_stage(engine: Engine) -> Iterator[Stage]:
    """Empty staging tables, gone at the end whatever happens. Raises StorageError where the store cannot be written."""
    try:
        with _on_postgres(engine) if engine.dialect.name == "postgresql" else _on_sqlite(engine) as stage:
            yield stage
    except OperationalError as error:
        told = operator_words(error) or f"the store could not be written: {error.orig}"
        raise StorageError(told) from error


@contextmanager
def _on_postgres(engine: Engine) -> Iterator[Stage]:
    options = engine.execution_options(schema_translate_map={STAGE: POSTGRES_SCHEMA})
    with options.begin() as connection:
        yield Stage(connection)


@contextmanager
def _on_sqlite(engine: Engine) -> Iterator[Stage]:
    store = sqlite_file(engine.url.render_as_string(hide_password=False))
    if store is None:
        raise StorageError("a store in memory cannot take an import; give it a file")
    with stage_file(store) as path, attached(engine, path) as connection:
        yield Stage(connection)
