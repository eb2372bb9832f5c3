"""Asks a LiteLLM proxy over its API, a UTC day at a time: its spend logs where they are whole, else its daily sums."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from bot.sources.base import Asked, Http, Params, SourceChanged, SourceDown
from bot.sources.litellm.sums import calls_in, rows_of
from bot.sources.paging import numbered
from bot.sources.values import count, flag, inner, listed, moment, text, utc_day
from storage.records import IdentityRecord

SUMS, LOGS, OLD_LOGS = "/user/daily/activity", "/spend/logs/v2", "/spend/logs"
USERS, KEYS = "/user/list", "/key/list"
PAGE = 1000
LIST_PAGE = 100
OLD_MOST = 10_000  # rows that the old address gives at most, without a word about the others


def day_pages(asked: Asked) -> Iterator[dict[str, Any]]:
    """For each day pages of its calls, or one of its sums."""
    for day in asked.period.each_day():
        sums = [*_sums(asked.http, day)]
        calls = _calls(asked.http, day, calls_in(sums))
        first = next(calls, None)
        if first is None:
            yield {"sums": rows_of(sums)}
        else:
            yield from ({"calls": rows} for rows in chain([first], calls))


def people(asked: Asked) -> Iterator[IdentityRecord]:
    """Whom ids of users, and hashes and aliases of keys, belong to."""
    emails: dict[str, str] = {}
    for user in _listed(asked.http, USERS, "users", "page_size"):
        email = text(user, "user_email").strip().lower()
        if email and text(user, "user_id"):
            emails[text(user, "user_id")] = email
            yield IdentityRecord(outside_id=text(user, "user_id"), email=email, origin="sync")
    for key in _listed(asked.http, KEYS, "keys", "size", return_full_object="true"):
        about = key
        if text(about, "user_id") in emails:
            for name in ("token", "key_alias"):
                if text(about, name):
                    yield IdentityRecord(
                        outside_id=text(about, name), email=emails[text(about, "user_id")], origin="sync"
                    )


def _sums(http: Http, day: date) -> Iterator[Any]:
    """The results of all pages; none where the release is too old for daily sums."""
    params: Params = {"start_date": day.isoformat(), "end_date": day.isoformat(), "page_size": PAGE}
    seen: set[int] = set()
    for page, body in enumerate(numbered(http, SUMS, params, more=_has_more, allowed=(404,)), start=1):
        if (count(inner(body, "metadata"), "page") or page) != page:
            raise SourceChanged(f"LiteLLM gives another page of {SUMS} than was asked for; its format may have changed")
        for result in listed(body, "results", needed=True):
            told = hash(repr(result))  # pages are added up, so that one which comes twice must not count twice
            if utc_day(result, "date") == day and told not in seen:
                seen.add(told)
                yield result


def _calls(http: Http, day: date, wanted: int) -> Iterator[list[Any]]:
    """Pages of the day's calls; none where the logs hold fewer than wanted. Raises SourceDown where pages are lost."""
    until = day + timedelta(days=1)
    params: Params = {"start_date": f"{day} 00:00:00", "end_date": f"{until} 00:00:00", "page_size": PAGE}
    told: int | None = None
    known: set[int] = set()
    for body in numbered(http, LOGS, params, more=_more_pages, allowed=(404,)):
        rows = listed(body, "data", needed=True)
        if told is None:
            told = count(body, "total", needed=True) or 0
            if told < wanted or not told:
                return
        known |= {hash(text(row, "request_id", needed=True)) for row in rows}
        yield [row for row in rows if moment(row, "startTime").date() == day]
    if told is None:
        yield from _old_calls(http, day, wanted)
    elif len(known) < told:
        raise SourceDown(f"LiteLLM says that {day} has {told} calls and gave {len(known)}; the next pass asks again")


def _old_calls(http: Http, day: date, wanted: int) -> Iterator[list[Any]]:
    """The same from an older release, which gives all rows at once, and leaves off those beyond its limit."""
    params = {"start_date": day.isoformat(), "end_date": (day + timedelta(days=1)).isoformat(), "summarize": "false"}
    reply = http.get(OLD_LOGS, params, allowed=(404,))
    rows = reply.body if reply.status < 400 and isinstance(reply.body, list) else []
    rows = [row for row in rows if moment(row, "startTime").date() == day]
    if rows and wanted <= len(rows) < OLD_MOST:
        yield rows


def _listed(http: Http, path: str, name: str, size: str, **params: str) -> Iterator[Any]:
    for body in numbered(http, path, {size: LIST_PAGE, **params}, more=_more_pages, allowed=(404,)):
        yield from listed(body, name, needed=True)


def _has_more(body: Any) -> bool:
    about = inner(body, "metadata", needed=True)
    more = flag(about, "has_more") if "has_more" in about else _more_pages(about)
    return more and bool(listed(body, "results", needed=True))


def _more_pages(body: Any) -> bool:
    page = count(body, "page" if "page" in body else "current_page") or 1
    return page < (count(body, "total_pages") or 1)
