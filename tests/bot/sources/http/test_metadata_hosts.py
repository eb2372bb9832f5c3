"""Addresses that tell a machine's credentials are known in every spelling, and no address inside is one."""

from __future__ import annotations

import pytest

from bot.sources.base import SourceRefused, VendorSource
from bot.sources.http.addresses import base_address, may_follow, web_address
from bot.sources.http.metadata_hosts import tells_credentials

THEIRS = (
    *("169.254.169.254", "169.254.170.2", "2852039166", "0xa9fea9fe", "0xa9.16689662", "0251.0376.0251.0376"),
    *("::ffff:169.254.169.254", "[fe80::1]", "fe80::1%eth0", "fd00:ec2::254", "168.63.129.16", "100.100.100.200"),
    *("metadata.google.internal", "Metadata.Google.Internal.", "metadata"),
)
INSIDE = (
    *(
        "localhost",
        "127.0.0.1",
        "::1",
        "10.0.0.7",
        "192.168.1.20",
        "172.16.4.4",
        "fd12::7",
        "litellm",
        "llm.internal",
    ),
    *("metadata.acme.example", "api.openai.com", "169.253.1.1", "ünï.example", ""),
)


def test_they_are_known_in_every_spelling_and_nothing_else_is() -> None:
    assert [host for host in THEIRS if not tells_credentials(host)] == []
    assert [host for host in INSIDE if tells_credentials(host)] == []


def test_no_setting_and_no_link_names_one() -> None:
    acme = VendorSource(
        name="acme", label="Acme", base_url="https://api.acme.example", needs=(), headers=lambda _: {}, reports=()
    )
    for host in ("169.254.169.254", "[fd00:ec2::254]", "2852039166"):
        with pytest.raises(ValueError, match="credentials"):
            web_address(f"http://{host}/latest")
        with pytest.raises(SourceRefused, match="FULCRUM_ACME_URL"):
            base_address(acme, {"FULCRUM_ACME_URL": f"https://{host}"})
        assert not may_follow(f"https://{host}/file", own_address=True, own_host="vendor.internal")
    assert base_address(acme, {"FULCRUM_ACME_URL": "http://10.0.0.7:4000"}) == "http://10.0.0.7:4000"
