"""A source is on where every setting that it needs is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sources.base import Http, Record, VendorSource
from storage.records import Period


def _nothing(_http: Http, _period: Period) -> Iterator[Record]:
    return iter(())


@pytest.mark.parametrize(
    ("environ", "on"),
    [
        ({"ACME_KEY": "k", "ACME_ORG": "o"}, True),
        ({"ACME_KEY": "k"}, False),
        ({"ACME_KEY": "k", "ACME_ORG": ""}, False),
    ],
)
def test_a_source_without_its_settings_is_off(environ: dict[str, str], on: bool) -> None:
    source = VendorSource(
        name="acme",
        label="Acme Code",
        base_url="https://api.acme.example",
        needs=("ACME_KEY", "ACME_ORG"),
        headers=lambda settings: {"Authorization": f"Bearer {settings['ACME_KEY']}"},
        read=_nothing,
    )

    assert source.is_on(environ) is on
