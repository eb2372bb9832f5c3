"""LiteLLM as a source: what it needs, and which of its two ways in is taken."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sources.litellm import api, source, tables
from bot.sources.litellm.source import ADDRESS, KEY, LITELLM, VENDOR_KEYS


class Pull:
    """As much of a pull as decides the way in."""

    def __init__(self, **settings: str) -> None:
        self.settings = settings


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way in says its name."""
    for module, name in ((api, "api"), (tables, "tables")):
        monkeypatch.setattr(module, "day_pages", lambda _asked, name=name: iter([{"way": name}]))
        monkeypatch.setattr(module, "people", lambda _asked, name=name: iter([name]))


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize(("settings", "way"), [({}, "api"), ({tables.DATABASE: "postgresql://x"}, "tables")])
def test_the_tables_are_read_where_they_are_given_else_the_proxy(settings: dict[str, str], way: str) -> None:
    asked: Any = Pull(**settings)

    assert [*source.pages(asked)] == [{"way": way}]
    assert [str(name) for name in source.identities(asked)] == [way]


def test_a_page_holds_calls_or_sums_and_one_of_neither_no_facts() -> None:
    assert [*source.records({})] == []


def test_either_key_and_address_or_the_database_are_needed() -> None:
    assert {*LITELLM.needs} == {KEY, ADDRESS}
    assert LITELLM.instead == (tables.DATABASE,)
    assert {*LITELLM.meanings} == {KEY, ADDRESS, VENDOR_KEYS, tables.DATABASE}


def test_without_a_key_none_is_sent() -> None:
    assert LITELLM.headers({KEY: "sk-1"}) == {"Authorization": "Bearer sk-1"}
    assert LITELLM.headers({}) == {"Authorization": "Bearer "}


def test_the_keys_of_the_gateway_itself_are_declared_with_commas_between() -> None:
    (report,) = LITELLM.reports

    assert report.vendor_keys({VENDOR_KEYS: " key_GW1, apikey_01GW,"}) == ("key_GW1", "apikey_01GW")
    assert report.vendor_keys({}) == ()
