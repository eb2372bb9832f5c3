"""A LiteLLM proxy's tables in an embedded PostgreSQL, as its schema makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.databases import empty_database

TABLES = (
    """CREATE TABLE "LiteLLM_SpendLogs" (request_id text PRIMARY KEY, call_type text NOT NULL DEFAULT '',
       api_key text NOT NULL DEFAULT '', spend double precision NOT NULL DEFAULT 0, total_tokens int NOT NULL DEFAULT 0,
       prompt_tokens int NOT NULL DEFAULT 0, completion_tokens int NOT NULL DEFAULT 0,
       "startTime" timestamp(3) NOT NULL, model text NOT NULL DEFAULT '', custom_llm_provider text DEFAULT '',
       "user" text DEFAULT '', metadata jsonb DEFAULT '{}', cache_hit text DEFAULT '', request_tags jsonb DEFAULT '[]',
       team_id text, end_user text, messages jsonb DEFAULT '{}', response jsonb DEFAULT '{}',
       mcp_namespaced_tool_name text, status text)""",
    """CREATE INDEX ON "LiteLLM_SpendLogs" ("startTime")""",
    """CREATE TABLE "LiteLLM_DailyUserSpend" (id text PRIMARY KEY, user_id text, date text NOT NULL,
       api_key text NOT NULL, model text, model_group text, custom_llm_provider text, mcp_namespaced_tool_name text,
       endpoint text, prompt_tokens bigint NOT NULL DEFAULT 0, completion_tokens bigint NOT NULL DEFAULT 0,
       cache_read_input_tokens bigint NOT NULL DEFAULT 0, cache_creation_input_tokens bigint NOT NULL DEFAULT 0,
       spend double precision NOT NULL DEFAULT 0, api_requests bigint NOT NULL DEFAULT 0)""",
    """CREATE TABLE "LiteLLM_UserTable" (user_id text PRIMARY KEY, user_email text)""",
    """CREATE TABLE "LiteLLM_VerificationToken" (token text PRIMARY KEY, key_alias text, user_id text)""",
)
CALLS, SUMS, USERS, KEYS = (
    "LiteLLM_SpendLogs",
    "LiteLLM_DailyUserSpend",
    "LiteLLM_UserTable",
    "LiteLLM_VerificationToken",
)


class Proxy:
    """The database of a proxy."""

    def __init__(self, url: str) -> None:
        self.url = url

    def add(self, table: str, *rows: Mapping[str, Any]) -> None:
        """Rows into a table."""
        with psycopg.connect(self.url) as connection:
            for row in rows:
                names = sql.SQL(", ").join(map(sql.Identifier, row))
                values = [Jsonb(value) if isinstance(value, dict | list) else value for value in row.values()]
                marks = sql.SQL(", ").join([sql.Placeholder()] * len(row))
                into = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), names, marks)
                connection.execute(into, values)

    def run(self, *statements: str) -> None:
        """Whatever else a test does to it."""
        with psycopg.connect(self.url) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@contextmanager
def proxy_database(folder: Path) -> Iterator[Proxy]:
    """An empty one; skips where PostgreSQL cannot start."""
    with empty_database("postgresql", folder) as url:
        proxy = Proxy(url)
        proxy.run(*TABLES)
        yield proxy
