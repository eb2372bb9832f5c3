"""Reads a LiteLLM proxy's own PostgreSQL tables, read only, page by page, so that memory stays bounded.

Source of the format: the proxy's Prisma schema. Rows are as its API gives them; nothing that may hold what people wrote
is selected. Columns that an older release lacks are absent from the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, TableClause, column, func, select, table, text, tuple_
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from storage.engine import database_url, reading_engine
from storage.errors import StorageError

Row = Mapping[str, Any]

PAGE = 5_000
CALLS, SUMS, USERS, KEYS = (
    "LiteLLM_SpendLogs",
    "LiteLLM_DailyUserSpend",
    "LiteLLM_UserTable",
    "LiteLLM_VerificationToken",
)
COLUMNS = {  # what is needed of each table, and after it what older releases may lack
    CALLS: (
        ("request_id", "startTime", "model", "spend", "prompt_tokens", "completion_tokens", "metadata"),
        ("api_key", "user", "end_user", "team_id", "custom_llm_provider", "cache_hit", "request_tags",
         "mcp_namespaced_tool_name"),
    ),
    SUMS: (
        ("id", "date", "api_key", "model", "spend", "prompt_tokens", "completion_tokens", "api_requests"),
        ("user_id", "custom_llm_provider", "cache_read_input_tokens", "cache_creation_input_tokens",
         "mcp_namespaced_tool_name", "endpoint"),
    ),
    USERS: (("user_id", "user_email"), ()),
    KEYS: (("token", "user_id"), ("key_alias",)),
}  # fmt: skip
METADATA = (
    "usage_object",
    "user_api_key_user_email",
    "user_api_key_user_id",
    "user_api_key_alias",
    "user_api_key_team_id",
    "user_api_key_team_alias",
    "user_api_key_project_id",
    "user_api_key_project_alias",
    "internal_call_origin",
)
IN_TIME = {"connect_timeout": "10", "tcp_user_timeout": "30000"}  # seconds, milliseconds; it may be far away
NOT_LET_IN = re.compile(r"password|authentication|no pg_hba|FATAL: +role ", re.IGNORECASE)
NO_DATABASE = re.compile(r"FATAL: +database .* does not exist", re.IGNORECASE)
NO_SUCH, NO_RIGHT = ("3D000", "42P01", "42703"), ("28000", "28P01", "42501")  # SQLSTATEs: what is not there, or refused


class ForeignDown(StorageError):
    """The database cannot be reached, or ended a query."""


class ForeignRefused(StorageError):
    """The database does not let this user in, or read."""


class ForeignChanged(StorageError):
    """The database lacks a table or column; the message names it."""


class LiteLlmTables:
    """The tables behind one proxy; close it. Raises ForeignRefused where the address is none of PostgreSQL's."""

    def __init__(self, url: str) -> None:
        try:
            address = database_url(url)
            self._engine = reading_engine(
                address.set(query={**IN_TIME, **address.query}).render_as_string(hide_password=False)
                if address.get_backend_name() == "postgresql"
                else url
            )
        except (SQLAlchemyError, ImportError) as error:
            raise ForeignRefused("the address of LiteLLM's database is none") from error
        if self._engine.dialect.name != "postgresql":
            raise ForeignRefused("LiteLLM's database must be PostgreSQL (postgresql://…)")

    def close(self) -> None:
        """Leave the database."""
        self._engine.dispose()

    def has_calls(self, day: date) -> int:
        """How many calls of a UTC day the spend logs hold."""
        calls = self._calls
        return self._number(select(func.count()).select_from(calls).where(*_within(calls.c.startTime, day)))

    def had_calls(self, day: date) -> int:
        """How many calls of a UTC day the daily sums tell of, none where they are not kept."""
        sums = self._sums
        if sums is None:
            return 0
        return self._number(select(func.sum(sums.c.api_requests)).where(sums.c.date == day.isoformat()))

    def calls(self, day: date) -> Iterator[list[Row]]:
        """The spend logs of a UTC day, in pages, in the order of time."""
        calls = self._calls
        kept = [jsonb_part if name == "metadata" else calls.c[name] for name, jsonb_part in _parts(calls)]
        key = (calls.c.startTime, calls.c.request_id)
        return self._pages(kept, _within(calls.c.startTime, day), key)

    def sums(self, day: date) -> Iterator[list[Row]]:
        """The daily sums of a UTC day, in pages."""
        sums = self._sums
        if sums is None:
            return iter(())
        return self._pages([*sums.c], [sums.c.date == day.isoformat()], (sums.c.id,))

    def people(self) -> Iterator[tuple[str, str]]:
        """Ids of users, then hashes and aliases of keys, with the e-mail of whom they belong to."""
        users, keys = self._table(USERS), self._table(KEYS)
        emails = users.c.user_email.is_not(None)
        for page in self._pages([users.c.user_id, users.c.user_email], [emails], (users.c.user_id,)):
            yield from ((row["user_id"], row["user_email"]) for row in page)
        owned = keys.join(users, users.c.user_id == keys.c.user_id)
        for page in self._pages([*keys.c, users.c.user_email], [emails], (keys.c.token,), owned):
            for row in page:
                yield from ((row[name], row["user_email"]) for name in ("token", "key_alias") if row.get(name))

    @cached_property
    def _calls(self) -> TableClause:
        return self._table(CALLS)

    @cached_property
    def _sums(self) -> TableClause | None:
        try:
            return self._table(SUMS)
        except ForeignChanged:
            return None  # the releases before 2025-05 have none

    def _table(self, name: str) -> TableClause:
        needed, wanted = COLUMNS[name]
        with self._reading() as connection:
            found = set(connection.scalars(_COLUMNS_OF, {"name": name}))
        missing = [each for each in needed if each not in found]
        if missing:
            what = f"no column “{missing[0]}” in “{name}”" if found else f"no table “{name}” that this user may read"
            raise ForeignChanged(f"LiteLLM's database has {what}")
        return table(name, *(column(each) for each in (*needed, *wanted) if each in found))

    def _pages(
        self,
        columns: Sequence[ColumnElement[Any]],
        where: Sequence[ColumnElement[bool]],
        key: Sequence[ColumnElement[Any]],
        source: Any = None,
    ) -> Iterator[list[Row]]:
        """Rows in the order of a key, a query a page: none of them holds the database's snapshot for long."""
        query = select(*columns, *(part.label(f"key_{no}") for no, part in enumerate(key))).where(*where)
        query = (query if source is None else query.select_from(source)).order_by(*key).limit(PAGE)
        after: list[Any] = []
        while True:
            page = query.where(tuple_(*key) > tuple_(*after)) if after else query
            with self._reading() as connection:
                rows: list[Row] = [*connection.execute(page).mappings()]
            if rows:
                yield rows
            if len(rows) < PAGE:
                return
            after = [rows[-1][f"key_{no}"] for no in range(len(key))]

    def _number(self, query: Any) -> int:
        with self._reading() as connection:
            return int(connection.scalar(query) or 0)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))
                yield connection
        except SQLAlchemyError as error:
            raise _told(error) from error


_COLUMNS_OF = text(
    "SELECT column_name FROM information_schema.columns"
    " WHERE table_name = :name AND table_schema = ANY (current_schemas(false))"
)


def _within(at: ColumnElement[Any], day: date) -> list[ColumnElement[bool]]:
    start = datetime.combine(day, time())
    return [at >= start, at < start + timedelta(days=1)]


def _parts(calls: TableClause) -> Iterator[tuple[str, Any]]:
    pairs = [part for name in METADATA for part in (name, calls.c.metadata.op("->")(name))]
    for each in calls.c:
        yield each.name, func.jsonb_build_object(*pairs).label("metadata") if each.name == "metadata" else each


def _told(error: SQLAlchemyError) -> StorageError:
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    words = "" if state else str(error)  # the driver tells no state of a connection that was refused
    if state in NO_RIGHT or NOT_LET_IN.search(words):
        return ForeignRefused("LiteLLM's database does not let this user in with this password, or read its tables")
    if state in NO_SUCH or NO_DATABASE.search(words):
        return ForeignChanged("LiteLLM's database has no such database, table or column")
    reached = "ended a query" if state and not isinstance(error, OperationalError) else "cannot be reached"
    return ForeignDown(f"LiteLLM's database {reached}")
