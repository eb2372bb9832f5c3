"""A source is on where every setting that it needs is there; its numbers are read as they were written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.sources.base import SourceChanged, VendorSource, count, is_secret, money, required


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


@pytest.mark.parametrize(("written", "amount"), [(0.06, "0.06"), ("1.50", "1.50"), (3, "3"), (" -2 ", "-2")])
def test_money_is_what_was_written(written: Any, amount: str) -> None:
    assert money(written) == Decimal(amount)


@pytest.mark.parametrize("written", [None, True, "free", "NaN", [], {}])
def test_money_that_is_no_number_is_another_format(written: Any) -> None:
    with pytest.raises(SourceChanged, match="amount"):
        money(written)


@pytest.mark.parametrize(("written", "whole"), [(None, None), (7, 7), ("7", 7), (7.0, 7), (0, 0)])
def test_a_count_that_is_not_given_is_not_zero(written: Any, whole: int | None) -> None:
    assert count(written) == whole


@pytest.mark.parametrize("written", [True, 0.5, "many", [], float("inf"), -1, "-1"])
def test_a_count_that_is_no_whole_number_is_another_format(written: Any) -> None:
    with pytest.raises(SourceChanged, match="count"):
        count(written)


def test_a_required_field_that_is_missing_is_named() -> None:
    assert required({"a": {"b": 0}}, "a", "b") == 0
    with pytest.raises(SourceChanged, match=r"“a\.b”"):
        required({"a": {}}, "a", "b")
