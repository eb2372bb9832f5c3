"""Which addresses are a vendor's own."""

from __future__ import annotations

import pytest

from bot.sources.base import SourceRefused, VendorSource
from bot.sources.http.addresses import base_address, host_of, may_follow, origin

ACME = VendorSource(
    name="acme", label="Acme", base_url="https://api.acme.example", needs=(), headers=lambda _: {}, reports=()
)


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("", "https://api.acme.example"),
        ("https://proxy.acme.example/openai/", "https://proxy.acme.example/openai"),
        ("http://127.0.0.1:9000/v1", "http://127.0.0.1:9000"),
    ],
)
def test_the_base_address_is_the_vendors_or_the_one_that_is_set(said: str, address: str) -> None:
    assert base_address(ACME, {"FULCRUM_ACME_URL": said}) == address


@pytest.mark.parametrize("said", ["acme", "ftp://acme.example", "https://"])
def test_an_address_that_is_none_is_refused_by_its_setting(said: str) -> None:
    with pytest.raises(SourceRefused, match="FULCRUM_ACME_URL"):
        base_address(ACME, {"FULCRUM_ACME_URL": said})


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin("https://API.acme.example/a?b") == ("https", "api.acme.example", 443)
    assert origin("http://127.0.0.1:9000") == ("http", "127.0.0.1", 9000)
    assert origin("http://acme.example:many") == ("", "", 0)
    assert host_of("https://files.example/x?sig=secret") == "files.example"


@pytest.mark.parametrize(
    ("link", "own", "follows"),
    [
        ("https://files.example/x", False, True),
        ("http://files.example/x", True, False),
        ("http://127.0.0.1/x", False, False),
        ("http://127.0.0.1/x", True, True),
        ("http://vendor.internal/x", True, True),
        ("ftp://files.example/x", True, False),
    ],
)
def test_a_link_is_followed_by_https_or_on_an_address_of_ones_own(link: str, own: bool, follows: bool) -> None:
    assert may_follow(link, own, "vendor.internal") is follows
