"""A proxy's tables tell the same as its API: a day by its calls where they are whole, else by its sums."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text

from bot.sources.base import Asked, SourceChanged, SourceDown, SourceRefused
from bot.sources.litellm import tables
from bot.sources.litellm.source import LITELLM, pages, records
from bot.sources.syncing.passes import Syncing
from bot.sources.syncing.planning import Wanted
from storage.engine import writing_engine
from storage.records import Period, UsageRecord
from storage.workspaces import default_workspace
from tests.bot.sources.server import Vendor, VendorServer, opener
from tests.databases import fresh_store
from tests.storage.foreign.gate import gate
from tests.storage.foreign.litellm_database import CALLS, KEYS, SUMS, USERS, Proxy, proxy_database

pytestmark = pytest.mark.postgres

DAY = date(2026, 11, 6)
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)
# What is changed in the database, what is said of it ("" nothing), and how it is changed back.
SCHEMAS = (
    (f'ALTER TABLE "{CALLS}" RENAME TO gone', f"no table “{CALLS}”", f'ALTER TABLE gone RENAME TO "{CALLS}"'),
    (
        f'ALTER TABLE "{CALLS}" RENAME COLUMN spend TO spent',
        f"no column “spend” in “{CALLS}”",
        f'ALTER TABLE "{CALLS}" RENAME COLUMN spent TO spend',
    ),
    (
        f'ALTER TABLE "{CALLS}" RENAME COLUMN mcp_namespaced_tool_name TO later',
        "",
        f'ALTER TABLE "{CALLS}" RENAME COLUMN later TO mcp_namespaced_tool_name',
    ),
    (f'ALTER TABLE "{SUMS}" RENAME TO gone', "", f'ALTER TABLE gone RENAME TO "{SUMS}"'),
)


@dataclass
class Store:
    """A store that passes over the proxy's tables fill."""

    engine: Engine
    workspace_id: int

    def sync(self, url: str) -> list[str]:
        """What a pass over the day says went wrong."""
        syncing = Syncing(engine=self.engine, workspace_id=self.workspace_id, clock=lambda: NOON, open_http=opener())
        return syncing.sync(LITELLM, {tables.DATABASE: url}, Wanted(DAY, DAY)).errors

    def held(self) -> list[str]:
        """The calls that it has."""
        rows = text("SELECT key, day, input_tokens, output_tokens, cost_nano FROM usage_fact ORDER BY key")
        with self.engine.connect() as connection:
            return [str(row) for row in connection.execute(rows)]


@contextmanager
def closing_store(folder: Path) -> Iterator[Store]:
    with fresh_store("sqlite", folder) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        yield Store(engine, workspace_id)
        engine.dispose()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    with proxy_database(tmp_path) as made:
        yield made


def asked(url: str, period: Period) -> Iterator[Asked]:
    settings = {tables.DATABASE: url}
    assert LITELLM.is_on(settings)
    with VendorServer(Vendor()) as server, server.http(LITELLM, None, **settings) as http:
        yield Asked(http=http, period=period, settings=settings)
        assert server.calls == []  # the proxy itself is never asked


def read(url: str, period: Period = Period(DAY, DAY)) -> list[UsageRecord]:  # noqa: B008  # a value
    return [
        record
        for answered in asked(url, period)
        for page in pages(answered)
        for record in records(page)
        if isinstance(record, UsageRecord)
    ]


def call(no: int, day: date = DAY, **more: Any) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 23, 59, 59, 900_000)
    return {
        "request_id": f"c{no}",
        "startTime": at,
        "model": "opus",
        "user": "ada",
        "spend": 0.5,
        "prompt_tokens": 110,
        "completion_tokens": 10,
        "metadata": {"usage_object": {"cache_read_input_tokens": 100}, "user_api_key_team_alias": "payments"},
    } | more


def sums(calls: int, day: date = DAY) -> dict[str, Any]:
    return {
        "id": f"{day}",
        "user_id": "ada",
        "date": str(day),
        "api_key": "k1",
        "model": "opus",
        "prompt_tokens": 110 * calls,
        "completion_tokens": 10 * calls,
        "cache_read_input_tokens": 100 * calls,
        "spend": calls / 2,
        "api_requests": calls,
    }


def test_calls_and_sums_come_to_the_same_and_one_of_them_counts(proxy: Proxy) -> None:
    before = DAY - timedelta(days=1)
    proxy.add(CALLS, call(1), call(2), call(3, before))
    proxy.add(SUMS, sums(2), sums(2, before))
    found = read(proxy.url, Period(before, DAY))

    by_day = {
        day: tuple(
            sum(getattr(record, name) or 0 for record in found if record.day == day)
            for name in ("requests", "input_tokens", "cached_input_tokens", "output_tokens", "cost")
        )
        for day in (before, DAY)
    }
    assert by_day[DAY] == by_day[before] == (2, 20, 200, 20, 1)
    assert {bool(record.at): record.day for record in found} == {True: DAY, False: before}
    assert {record.subject for record in found} == {"ada"}


def test_people_are_known_by_their_ids_and_keys(proxy: Proxy) -> None:
    proxy.add(USERS, {"user_id": "ada", "user_email": "Ada@acme.test"})
    proxy.add(KEYS, {"token": "h1", "key_alias": "laptop", "user_id": "ada"})
    assert LITELLM.identities is not None

    found = {
        person.outside_id: person.email
        for page in asked(proxy.url, Period(DAY, DAY))
        for person in LITELLM.identities(page)
    }
    assert found == dict.fromkeys(("ada", "h1", "laptop"), "ada@acme.test")


@pytest.mark.parametrize(
    "url", ["sqlite:///some.db", "mysql://a:secret-1@b/c", "no address", "postgresql://a:b:c@/x:y"]
)
def test_an_address_that_is_none_of_postgresqls_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises((SourceRefused, SourceDown), match="LiteLLM's database") as refused:
        read(url)
    assert "secret-1" not in str(refused.value)


def test_every_fault_of_the_database_is_one_sentence_or_passed_over_and_then_made_good(
    proxy: Proxy, tmp_path: Path
) -> None:
    proxy.add(CALLS, *(call(number) for number in range(40)))
    proxy.add(SUMS, sums(40))
    proxy.add(USERS, {"user_id": "ada", "user_email": "ada@acme.test"})
    url = make_url(proxy.url)
    addresses = {
        "no such user": url.set(username="nobody").render_as_string(),
        "no such database": url.set(database="nothing").render_as_string(),
    }
    said = {
        "no such user": "does not let this user in",
        "no such database": "no such database",
        "a wrong password": "does not let this user in",
        "cut at once": "cannot be reached",
        "cut in the middle of the calls": "the next pass tries again",
    }
    with ExitStack() as gates, closing_store(tmp_path) as store:
        addresses["a wrong password"] = gates.enter_context(gate(proxy.url, refuses=True))
        addresses["cut at once"] = gates.enter_context(gate(proxy.url, cut_after=40))
        addresses["cut in the middle of the calls"] = gates.enter_context(gate(proxy.url, cut_after=9_000))
        assert store.sync(proxy.url) == []
        whole = store.held()
        assert len(whole) == 40
        for fault, address in addresses.items():
            errors = store.sync(address)

            assert errors, fault
            assert all(said[fault] in error and "secret-1" not in error for error in errors), (fault, errors)
            assert store.held() == whole, fault
        for change, words, back in SCHEMAS:
            proxy.run(change)

            errors = store.sync(proxy.url)

            assert bool(errors) is bool(words), change
            assert all(words in error and tables.DATABASE in error for error in errors), errors
            assert store.held() == whole, change
            proxy.run(back)
        assert store.sync(proxy.url) == []


def test_what_is_wrong_with_the_database_is_one_sentence_that_names_the_setting(proxy: Proxy) -> None:
    proxy.run(f'DROP TABLE "{CALLS}"')
    with pytest.raises(SourceChanged, match=tables.DATABASE):
        read(proxy.url)
    with pytest.raises(SourceDown, match="cannot be reached"):
        read("postgresql://nobody:secret-1@127.0.0.1:1/none")
