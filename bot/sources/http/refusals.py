"""What a vendor's no means for whoever set Fulcrum up: which setting to change, and what the key must be."""

from __future__ import annotations

from collections.abc import Iterable

from bot.sources.base import SourceError, SourceExpired, SourceRefused, VendorSource
from bot.sources.http import bodies
from bot.sources.http.redaction import redacted

SAID = 200  # letters of a vendor's own words
LOOKED_AT = 64 * 1024  # bytes of its answer


def refusal(source: VendorSource, status: int, body: bytes, secrets: Iterable[str]) -> SourceError:
    """The error for an answer of 4xx. The vendor's own words are told for a wrong request alone, without any key."""
    label, keys = source.label, " and ".join(source.keys) or "its key"
    needed = f"; {keys} must be {source.key_is}" if source.key_is else f"; check {keys}"
    if status == 410:
        return SourceExpired(f"a page of {label} is no longer there (410); the next pass begins anew")
    refused = {
        401: f"{label} does not know the key in {keys} (401){needed}",
        403: f"{label} does not let the key in {keys} read this (403){needed}",
        404: f"{label} has no such report or organisation (404); check {', '.join(source.settings)}",
    }
    words = redacted(_words(body), secrets)
    other = f"{label} refuses the request ({status})" + (f": {words}" if words else "")
    if status in (401, 403) and not source.keys:  # nobody's key is wrong
        return SourceRefused(f"{other}; check {source.url_setting}, and any proxy on the way", status)
    return SourceRefused(refused.get(status, other), status)


def _words(body: bytes) -> str:
    """A vendor's own words for what is wrong with a request, wherever it puts them."""
    try:
        found = bodies.value(body[:LOOKED_AT])
    except bodies.Cut:
        return ""
    for name in ("error", "errors", "message", "detail", "title"):
        found = found.get(name, found) if isinstance(found, dict) else found
    return " ".join(found.split())[:SAID] if isinstance(found, str) else ""
