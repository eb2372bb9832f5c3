"""Every source is declared whole: names, settings with their meaning, what its key must be."""

from __future__ import annotations

import re

import pytest

from bot.settings import FIELDS
from bot.sources.base import VendorSource, is_secret
from bot.sources.catalogue import SOURCES, declared, read_settings, settings_of

EACH = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)


def test_no_two_are_called_alike() -> None:
    names = [source.name for source in SOURCES]

    assert sorted(set(names)) == sorted(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


@EACH
def test_every_setting_has_a_meaning_and_the_key_says_what_it_must_be(source: VendorSource) -> None:
    own = [name for name in source.settings if name not in FIELDS]
    told = [name for name in own if name != source.url_setting or name in source.needs]

    assert [name for name in told if not source.meanings.get(name)] == []
    assert not source.keys or source.key_is


@EACH
def test_reports_of_a_source_are_feeds_of_their_own(source: VendorSource) -> None:
    settings = dict.fromkeys(source.settings, "x")
    feeds = [report.feed_name(settings) for report in source.reports]

    assert sorted(set(feeds)) == sorted(feeds)
    assert all(report.step_days > 0 and report.revised_days >= 0 for report in source.reports)


@EACH
def test_an_address_of_ones_own_is_a_setting_and_the_vendors_own_is_https(source: VendorSource) -> None:
    assert source.url_setting.endswith("_URL")
    assert source.url_setting.startswith("FULCRUM_") or source.url_setting in FIELDS
    assert not source.base_url or source.base_url.startswith("https://")


def test_settings_are_read_by_name_and_a_wrong_address_is_said() -> None:
    found, problems = read_settings({"OPENAI_ADMIN_KEY": " sk-1 ", "FULCRUM_OPENAI_URL": "nowhere", "OTHER": "x"})

    assert found == {"OPENAI_ADMIN_KEY": "sk-1", "FULCRUM_OPENAI_URL": "nowhere"}
    assert problems == ["FULCRUM_OPENAI_URL: must be an http or https address"]


def test_a_source_gets_its_own_settings_alone() -> None:
    openai = next(source for source in SOURCES if source.name == "openai")

    assert settings_of(openai, {"OPENAI_ADMIN_KEY": "a", "ANTHROPIC_ADMIN_KEY": "b"}) == {"OPENAI_ADMIN_KEY": "a"}


def test_the_papers_get_each_setting_once() -> None:
    names = [name for name, _, _ in declared(FIELDS)]

    assert len(set(names)) == len(names)
    assert not {*names} & {*FIELDS}
    assert {"OPENAI_ADMIN_KEY", "FULCRUM_OPENAI_URL"} <= {*names}
    assert any(is_secret(name) for name in names)
