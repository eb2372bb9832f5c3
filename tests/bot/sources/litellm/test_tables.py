"""A proxy's tables tell the same as its API: a day by its calls where they are whole, else by its sums."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sources.base import Asked, SourceChanged, SourceDown, SourceRefused
from bot.sources.litellm import tables
from bot.sources.litellm.source import LITELLM, pages, records
from storage.records import Period, UsageRecord
from tests.bot.sources.server import Vendor, VendorServer
from tests.storage.foreign.litellm_database import CALLS, KEYS, SUMS, USERS, Proxy, proxy_database

pytestmark = pytest.mark.postgres

DAY = date(2026, 11, 6)


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
        for one in asked(url, period)
        for page in pages(one)
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
        for one in asked(proxy.url, Period(DAY, DAY))
        for person in LITELLM.identities(one)
    }
    assert found == dict.fromkeys(("ada", "h1", "laptop"), "ada@acme.test")


@pytest.mark.parametrize(
    "url", ["sqlite:///some.db", "mysql://a:secret-1@b/c", "no address", "postgresql://a:b:c@/x:y"]
)
def test_an_address_that_is_none_of_postgresqls_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises((SourceRefused, SourceDown), match="LiteLLM's database") as refused:
        read(url)
    assert "secret-1" not in str(refused.value)


def test_what_is_wrong_with_the_database_is_one_sentence_that_names_the_setting(proxy: Proxy) -> None:
    proxy.run(f'DROP TABLE "{CALLS}"')
    with pytest.raises(SourceChanged, match=tables.DATABASE):
        read(proxy.url)
    with pytest.raises(SourceDown, match="cannot be reached"):
        read("postgresql://nobody:secret-1@127.0.0.1:1/none")
