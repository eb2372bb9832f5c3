"""A source is on where every setting that it needs is there."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sources.base import VendorSource, is_secret


def source(**more: Any) -> VendorSource:
    return VendorSource(
        name="acme",
        label="Acme Code",
        base_url="https://api.acme.example",
        needs=("ACME_KEY", "ACME_ORG"),
        headers=lambda settings: {"Authorization": f"Bearer {settings['ACME_KEY']}"},
        reports=(),
        **more,
    )


@pytest.mark.parametrize(
    ("environ", "on"),
    [
        ({"ACME_KEY": "k", "ACME_ORG": "o"}, True),
        ({"ACME_KEY": "k"}, False),
        ({"ACME_KEY": "k", "ACME_ORG": ""}, False),
    ],
)
def test_a_source_without_its_settings_is_off(environ: dict[str, str], on: bool) -> None:
    assert source().is_on(environ) is on


def test_its_settings_are_those_it_needs_those_it_may_have_and_its_address() -> None:
    made = source(optional=("ACME_TEAM",))

    assert made.settings == ("ACME_KEY", "ACME_ORG", "ACME_TEAM", "FULCRUM_ACME_URL")
    assert made.keys == ("ACME_KEY",)


@pytest.mark.parametrize("name", ["ACME_KEY", "ACME_API_TOKEN", "ACME_DATABASE_URL", "ACME_SECRET"])
def test_a_setting_is_secret_by_its_name(name: str) -> None:
    assert is_secret(name)
    assert not is_secret("FULCRUM_ACME_URL")
