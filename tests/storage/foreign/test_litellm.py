"""LiteLLM's own tables: read only, a day at a time, in pages, and nothing of what people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.engine import reading_engine
from storage.foreign import litellm
from storage.foreign.litellm import ForeignChanged, ForeignDown, ForeignRefused, LiteLlmTables
from tests.storage.foreign.litellm_database import CALLS, KEYS, SUMS, USERS, Proxy, proxy_database

pytestmark = pytest.mark.postgres

DAY = date(2026, 11, 6)
NOON = datetime(2026, 11, 6, 12)


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    with proxy_database(tmp_path) as made:
        yield made


@pytest.fixture
def tables(proxy: Proxy) -> Iterator[LiteLlmTables]:
    with closing(LiteLlmTables(proxy.url)) as opened:
        yield opened


def call(no: int, at: datetime = NOON, **more: Any) -> dict[str, Any]:
    return {"request_id": f"c{no:03d}", "startTime": at, "model": "opus", "prompt_tokens": 10} | more


def ids(pages: Iterator[Any]) -> list[list[str]]:
    return [[row["request_id"] for row in page] for page in pages]


def test_a_day_is_read_in_pages_in_the_order_of_time(
    proxy: Proxy, tables: LiteLlmTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(litellm, "PAGE", 2)
    hour = timedelta(hours=1)
    proxy.add(CALLS, call(3, NOON - hour), call(1), call(2), call(4), call(5, NOON + hour))  # three in one instant

    assert ids(tables.calls(DAY)) == [["c003", "c001"], ["c002", "c004"], ["c005"]]
    assert tables.has_calls(DAY) == 5


def test_a_day_is_utc_from_midnight_to_before_midnight(proxy: Proxy, tables: LiteLlmTables) -> None:
    midnight, tick = datetime(2026, 11, 6), timedelta(milliseconds=1)
    edges = [midnight - tick, midnight, midnight + timedelta(days=1) - tick, midnight + timedelta(days=1)]
    proxy.add(CALLS, *(call(no, at) for no, at in enumerate(edges)))

    assert ids(tables.calls(DAY)) == [["c001", "c002"]]
    assert tables.has_calls(DAY) == 2


def test_nothing_that_somebody_wrote_is_selected(proxy: Proxy, tables: LiteLlmTables) -> None:
    secret = "a prompt"
    about = {
        "usage_object": {"prompt_tokens": 10},
        "user_api_key_alias": "ci",
        "requester_metadata": {"prompt": secret},
    }
    proxy.add(CALLS, call(1, metadata=about, messages={"text": secret}, response={"text": secret}))

    ((row,),) = tables.calls(DAY)
    assert secret not in str(row)
    assert row["metadata"]["usage_object"] == {"prompt_tokens": 10}
    assert row["metadata"]["user_api_key_alias"] == "ci"


def test_columns_that_an_older_release_lacks_are_absent(proxy: Proxy, tables: LiteLlmTables) -> None:
    proxy.run(f'ALTER TABLE "{CALLS}" DROP COLUMN mcp_namespaced_tool_name', f'DROP TABLE "{SUMS}"')
    proxy.add(CALLS, call(1))

    ((row,),) = tables.calls(DAY)
    assert "mcp_namespaced_tool_name" not in row
    assert tables.had_calls(DAY) == 0
    assert [*tables.sums(DAY)] == []


def test_sums_of_a_day_are_read_in_pages_too(
    proxy: Proxy, tables: LiteLlmTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(litellm, "PAGE", 2)
    days = ["2026-11-06"] * 3 + ["2026-11-07"]
    proxy.add(SUMS, *({"id": str(no), "date": day, "api_key": "k", "api_requests": 5} for no, day in enumerate(days)))

    assert [len(page) for page in tables.sums(DAY)] == [2, 1]
    assert tables.had_calls(DAY) == 15


def test_people_are_told_by_ids_hashes_and_aliases(proxy: Proxy, tables: LiteLlmTables) -> None:
    proxy.add(USERS, {"user_id": "ada", "user_email": "ada@acme.test"}, {"user_id": "ci"})
    proxy.add(KEYS, {"token": "h1", "key_alias": "laptop", "user_id": "ada"}, {"token": "h2", "user_id": "ci"})

    assert [*tables.people()] == [("ada", "ada@acme.test"), ("h1", "ada@acme.test"), ("laptop", "ada@acme.test")]


def test_the_database_itself_refuses_a_write(proxy: Proxy) -> None:
    engine = reading_engine(proxy.url)  # which the tables are read by
    with engine.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(text(f'DELETE FROM "{CALLS}"'))
    engine.dispose()


def test_what_is_missing_is_named(proxy: Proxy) -> None:
    proxy.run(f'ALTER TABLE "{CALLS}" DROP COLUMN spend', f'DROP TABLE "{USERS}"')
    with closing(LiteLlmTables(proxy.url)) as tables:
        with pytest.raises(ForeignChanged, match="spend"):
            tables.has_calls(DAY)
        with pytest.raises(ForeignChanged, match="LiteLLM_UserTable"):
            [*tables.people()]


def test_a_database_that_is_not_there_or_does_not_let_in_says_so(proxy: Proxy) -> None:
    with closing(LiteLlmTables("postgresql://nobody:secret-1@127.0.0.1:1/none")) as tables:
        with pytest.raises(ForeignDown) as down:
            tables.has_calls(DAY)
        assert "secret-1" not in str(down.value)
    proxy.run("CREATE ROLE stranger LOGIN")
    with closing(LiteLlmTables(proxy.url.replace("postgres@", "stranger@"))) as tables, pytest.raises(ForeignChanged):
        tables.has_calls(DAY)  # a table that one may not read looks like none
    proxy.run(f'GRANT SELECT (request_id, "startTime") ON "{CALLS}" TO stranger')
    with closing(LiteLlmTables(proxy.url.replace("postgres@", "stranger@"))) as tables:
        with pytest.raises(ForeignChanged, match="column"):
            tables.has_calls(DAY)
        with pytest.raises(ForeignRefused):
            litellm_reads(tables)


def litellm_reads(tables: LiteLlmTables) -> None:
    with tables._reading() as connection:
        connection.execute(text(f'SELECT spend FROM "{CALLS}"'))
