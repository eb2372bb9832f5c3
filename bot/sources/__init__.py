"""Where usage and work come from: one module a source, and the list of them."""

from __future__ import annotations

from bot.sources.base import VendorSource

SOURCES: tuple[VendorSource, ...] = ()
