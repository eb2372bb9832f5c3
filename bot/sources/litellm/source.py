"""LiteLLM as a source: what it needs, and which of its two ways in is taken.

Logs and daily sums tell of the same calls, so that of each UTC day one counts: the logs, whose calls have instants and
all classes of tokens, where they hold as many calls as the sums tell of, else the sums. Logs may be switched off, and
are deleted after a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sources.base import Asked, Record, Report, VendorSource
from bot.sources.litellm import api, tables
from bot.sources.litellm.calls import call_records
from bot.sources.litellm.sums import sum_records
from storage.records import IdentityRecord, Restate

KEY, ADDRESS, VENDOR_KEYS = "LITELLM_API_KEY", "FULCRUM_LITELLM_URL", "FULCRUM_LITELLM_VENDOR_IDS"
PRECEDENCE = 9  # below the vendors' own reports, above what clients tell of themselves


def pages(asked: Asked) -> Iterator[dict[str, Any]]:
    """Pages of the days, from the tables where they are given, else over the API."""
    return tables.day_pages(asked) if asked.settings.get(tables.DATABASE) else api.day_pages(asked)


def records(page: Mapping[str, Any]) -> Iterator[Record]:
    """The facts of a page, which holds either calls or sums."""
    yield from call_records(page.get("calls", ()))
    yield from sum_records(page.get("sums", ()))


def identities(asked: Asked) -> Iterator[IdentityRecord]:
    """Whom the gateway's ids belong to."""
    return tables.people(asked) if asked.settings.get(tables.DATABASE) else api.people(asked)


def vendor_keys(settings: Mapping[str, str]) -> tuple[str, ...]:
    """The vendors' ids of the gateway's own keys."""
    return tuple(filter(None, map(str.strip, settings.get(VENDOR_KEYS, "").split(","))))


LITELLM = VendorSource(
    name="litellm",
    label="LiteLLM",
    base_url="https://localhost",  # a gateway has no address but one's own; its tables are read without it
    needs=(KEY, ADDRESS),
    instead=(tables.DATABASE,),
    optional=(VENDOR_KEYS,),
    headers=lambda settings: {"Authorization": f"Bearer {settings.get(KEY, '')}"},
    identities=identities,
    reports=(
        Report(
            name="calls",
            rule=Restate.WHOLE_DAYS,
            pages=pages,
            translate=records,
            step_days=1,
            revised_days=2,
            precedence=PRECEDENCE,
            vendor_keys=vendor_keys,
        ),
    ),
    meanings={
        KEY: "the master key of a LiteLLM proxy, or an admin's: reads the calls that went through it",
        ADDRESS: "where that proxy is, without `/v1`",
        VENDOR_KEYS: "the ids by which OpenAI and Anthropic report the keys of the proxy itself, between commas: what "
        "they tell of these counts once, by the people whom the proxy names",
        tables.DATABASE: "in place of both: its PostgreSQL database, read only and without the proxy",
    },
    key_is="the master key, or the key of a proxy admin",
    every_minutes=15,
)
