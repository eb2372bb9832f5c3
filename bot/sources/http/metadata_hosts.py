"""Addresses at which clouds tell their machines' credentials: no setting and no vendor's link may name one.

Link-local addresses, and those outside them that AWS, Google, Azure, Alibaba and Oracle document. An address inside the
organisation is none of them, so that a model or a LiteLLM of one's own can be named.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

NAMES = frozenset(
    {"metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"}
)
ADDRESSES = frozenset(
    map(ip_address, ("fd00:ec2::254", "fd20:ce::254", "168.63.129.16", "100.100.100.200", "192.0.0.192"))
)


def tells_credentials(host: str) -> bool:
    """Whether a host (a name or an address, in any of its spellings) is one of these; names are not looked up."""
    name = host.strip("[]").rstrip(".").lower()
    address = _address(name)
    if address is None:
        return name in NAMES
    return address.is_link_local or address in ADDRESSES


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(text))  # 2852039166 and 0xa9.16689662 are addresses too
        except (OSError, UnicodeEncodeError):
            return None
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return inner or found
