"""Small readers that the clients share: who, how many, when, and names as the store may hold them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from typing import Any

from bot.sources.otlp.observations import Use
from bot.sources.otlp.wire import Attributes, Value
from bot.sources.values import EPOCH

MILLISECOND = timedelta(milliseconds=1)
LARGEST = 10**15  # of one count; more is no use of anybody
NANO = 10**9
LONGEST = 200  # characters of a name
LONGEST_SUBJECT = 320
# Whose use it is, the most telling first: an address, then ids that vendors give people, then one of an installation.
SUBJECTS = ("user.email", "user.account_uuid", "user.account_id", "enduser.id", "user.id")
AGENT = "agent"


class BadValue(Exception):
    """A value that cannot be right; the message is one sentence for the sender."""


def text(attributes: Attributes, *names: str) -> str:
    """The first of these attributes that is a text, without what no name has in it."""
    for name in names:
        found = attributes.get(name)
        if isinstance(found, str) and (cleaned := clean(found)):
            return cleaned
    return ""


def clean(words: str, longest: int = LONGEST) -> str:
    """A name: printable, trimmed, no longer than the store holds."""
    if not words.isprintable():
        words = "".join(letter for letter in words if letter.isprintable())
    return words.strip()[:longest].strip()


def key(*parts: object) -> str:
    """The identity that these parts make, as good as unique."""
    return blake2b("\0".join(map(str, parts)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def subject(attributes: Attributes, resource: Attributes) -> str:
    """Whose use it is, "" where nothing tells."""
    for name in SUBJECTS:
        found = attributes.get(name) or resource.get(name)
        if isinstance(found, str) and found.strip():
            return clean(found, LONGEST_SUBJECT)
    return ""


def count(attributes: Attributes, *names: str) -> int | None:
    """The first of these attributes that is there, as a count; texts are numbers too. Raises BadValue."""
    for name in names:
        found = attributes.get(name)
        if found is not None and found != "":
            return whole(found, name)
    return None


def whole(value: Value, name: str = "value") -> int:
    """A count. Raises BadValue for what is none."""
    try:
        number = Decimal(value if isinstance(value, (int, str)) and not isinstance(value, bool) else repr(value))
        counted = int(number)
    except (InvalidOperation, ValueError, OverflowError, TypeError):
        raise BadValue(f"{name} is no number") from None
    if not 0 <= counted <= LARGEST:
        raise BadValue(f"{name} must be from 0 to {LARGEST}")
    return counted


def dollars(attributes: Attributes) -> int | None:
    """An estimated cost in billionths of a dollar: `cost_usd_micros`, else `cost_usd`. Raises BadValue."""
    micros = attributes.get("cost_usd_micros")
    if micros is not None and micros != "":
        return nano(micros, 1000)
    cost = attributes.get("cost_usd")
    return None if cost is None or cost == "" else nano(cost)


def nano(value: Value, unit: int = NANO) -> int:
    """An amount in billionths. Raises BadValue."""
    try:
        amount = round(Decimal(value if isinstance(value, (int, str)) else repr(value)) * unit)
    except (InvalidOperation, ValueError, OverflowError, TypeError):
        raise BadValue("a cost is no number") from None
    if not 0 <= amount <= LARGEST * 1000:
        raise BadValue("a cost is out of range")
    return amount


def instant(attributes: Attributes, time: int) -> int:
    """Milliseconds since 1970: as the client's own `event.timestamp` says, else as the record does."""
    said = attributes.get("event.timestamp")
    if isinstance(said, str) and said:
        try:
            at = datetime.fromisoformat(said.replace("Z", "+00:00"))
        except ValueError:
            pass
        else:
            if at.tzinfo is not None:
                return (at - EPOCH) // MILLISECOND
    return time // 1_000_000


def use(
    tool: str, attributes: Attributes, resource: Attributes, *, provider: str = "", model: str = "", **more: Any
) -> Use:
    """Who used what; what it is booked to stands among the attributes of the resource."""
    both: Mapping[str, Value] = {**resource, **attributes}
    fields: dict[str, Any] = {
        "mode": AGENT,
        "ledger": "product" if text(both, "fulcrum.ledger") == "product" else "workforce",
        "project": text(both, "project", "project.id"),
        "cost_center": text(both, "cost_center", "cost.center"),
        "repository": text(both, "repository", "vcs.repository.name"),
        "tier": clean(text(both, "service_tier", "speed"), 64),
    } | more
    if fields["tier"] in ("standard", "normal", "default", "auto"):
        fields["tier"] = ""
    return Use(tool=tool, provider=provider, model=model, subject=subject(attributes, resource), **fields)
