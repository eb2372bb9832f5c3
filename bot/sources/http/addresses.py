"""Where a vendor is, and which addresses are its own: a key goes nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.sources.base import SourceRefused, VendorSource
from bot.sources.http.metadata_hosts import tells_credentials

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

Origin = tuple[str, str, int]  # scheme, host, port


def web_address(raw: str) -> str:
    """The text of a setting that is an address. Raises ValueError for what is none, or one that no setting may name."""
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http or https address")
    if tells_credentials(parts.hostname):
        raise ValueError("must be no address at which a cloud tells its machines' credentials")
    return raw


def base_address(source: VendorSource, settings: Mapping[str, str]) -> str:
    """Where a source is, without a slash at the end and without /v1: its own address, or the one that is set."""
    said = settings.get(source.url_setting, "").strip()
    address = (said or source.base_url).rstrip("/").removesuffix("/v1")
    scheme, host, _ = origin(address)
    if not host or scheme not in ("http", "https") or (scheme == "http" and not said):
        raise SourceRefused(f"{source.url_setting} must be the https address of {source.label}")
    if tells_credentials(host):
        raise SourceRefused(f"{source.url_setting} is an address at which a cloud tells its machines' credentials")
    return address


def origin(url: str) -> Origin:
    """Scheme, host and port of an address; empty where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0
    return parts.scheme, (parts.hostname or "").lower(), port


def host_of(url: str) -> str:
    """The host alone, which may be shown: the rest of a link can be a secret."""
    return origin(url)[1] or "no address"


def may_follow(link: str, own_address: bool, own_host: str) -> bool:
    """Whether a link that the vendor gave is followed: https, or where the base address is one's own also its host;
    never to where a cloud tells credentials."""
    scheme, host, _ = origin(link)
    if tells_credentials(host):
        return False
    if scheme == "https":
        return bool(host)
    return scheme == "http" and own_address and (host in LOOPBACK or host == own_host)
