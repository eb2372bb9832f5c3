"""Reads the tables behind a LiteLLM proxy, a UTC day at a time: its spend logs where they are whole, else its sums."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from bot.sources.base import Asked, SourceChanged, SourceDown, SourceRefused
from storage.records import IdentityRecord

if TYPE_CHECKING:
    from storage.foreign.litellm import LiteLlmTables

DATABASE = "FULCRUM_LITELLM_DATABASE_URL"


def day_pages(asked: Asked) -> Iterator[dict[str, Any]]:
    """For each day pages of its calls, or of its sums."""
    with _tables(asked) as tables:
        for day in asked.period.each_day():
            has = tables.has_calls(day)
            if has and has >= tables.had_calls(day):
                yield from ({"calls": rows} for rows in tables.calls(day))
            else:
                yield from ({"sums": rows} for rows in tables.sums(day))


def people(asked: Asked) -> Iterator[IdentityRecord]:
    """Whom ids of users, and hashes and aliases of keys, belong to."""
    with _tables(asked) as tables:
        for outside_id, email in tables.people():
            if email.strip():
                yield IdentityRecord(outside_id=outside_id, email=email.strip().lower(), origin="sync")


@contextmanager
def _tables(asked: Asked) -> Iterator[LiteLlmTables]:
    # Every command reads the settings of sources: what asks a database is loaded where one is asked.
    from storage.foreign.litellm import ForeignChanged, ForeignDown, ForeignRefused, LiteLlmTables

    try:
        with closing(LiteLlmTables(asked.settings[DATABASE])) as tables:
            yield tables
    except ForeignDown as error:
        raise SourceDown(f"{error}; the next pass tries again") from error
    except ForeignRefused as error:
        raise SourceRefused(f"{error}; {DATABASE} must be its address, of a user who may SELECT") from error
    except ForeignChanged as error:
        raise SourceChanged(f"{error}; check {DATABASE}, or read LiteLLM over its API") from error
