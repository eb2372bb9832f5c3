"""The ways in which vendors hand out pages, each with its guard: pages that come back end the pull in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.sources.base import NONE, Http, Params, Reply, SourceChanged
from bot.sources.values import flag, text

MOST_PAGES = 100_000
MOST_AGAIN = 3  # pages in a row that were there before: one may come twice, a circle has no end
MOST_EMPTY = 100  # pages in a row without a row

Next = Callable[[Any], Any]


class NewPages:
    """Looks whether the pages of one list go on. Raises SourceChanged where they come again and again."""

    def __init__(self) -> None:
        self._known: set[int] = set()
        self._again = self._pages = 0

    def check(self, body: Any) -> None:
        """Note the next page, told by its first and last rows; a body without any list says nothing."""
        lists = [body] if isinstance(body, list) else [*body.values()] if isinstance(body, dict) else []
        lists = [rows for rows in lists if isinstance(rows, list)]
        edges = hash(repr([(rows[0], rows[-1]) for rows in lists if rows]))
        some = any(lists)
        self._again = 0 if not lists or (some and edges not in self._known) else self._again + 1
        self._known.add(edges)
        self._pages += 1
        if self._again >= (MOST_AGAIN if some else MOST_EMPTY) or self._pages >= MOST_PAGES:
            raise SourceChanged("the vendor gives the same pages again and again, so that they have no end; try later")


def next_page(body: Any) -> Any:
    """`has_more` with `next_page`."""
    return _told(body, "next_page")


def last_id(body: Any) -> Any:
    """`has_more` with `last_id`."""
    return _told(body, "last_id")


def paged(
    http: Http,
    path: str,
    params: Params = NONE,
    *,
    send: str = "page",
    next_of: Next = next_page,
    allowed: Sequence[int] = (),
) -> Iterator[Any]:
    """The bodies of all pages: `next_of` a body is sent as `send` with the same parameters, until it is None.

    A status of `allowed` ends it. Raises SourceChanged where a cursor comes back.
    """
    return _bodies(lambda cursor: http.get(path, {**params, **_one(send, cursor)}, allowed=allowed), next_of)


def paged_post(
    http: Http, path: str, body: dict[str, Any], *, send: str = "page", next_of: Next, allowed: Sequence[int] = ()
) -> Iterator[Any]:
    """The same where the parameters are a JSON body."""
    return _bodies(lambda cursor: http.post(path, {**body, **_one(send, cursor)}, allowed=allowed), next_of)


def linked(http: Http, path: str, params: Params = NONE, *, allowed: Sequence[int] = ()) -> Iterator[Any]:
    """The bodies of pages whose next one stands in the Link header."""

    def ask(link: Any) -> Reply:
        return http.get(link, allowed=allowed) if link else http.get(path, params, allowed=allowed)

    return _replies(ask, lambda reply: reply.next_link or None)


def numbered(
    http: Http,
    path: str,
    params: Params = NONE,
    *,
    send: str = "page",
    first: int = 1,
    more: Callable[[Any], bool],
    step: int = 1,
    allowed: Sequence[int] = (),
) -> Iterator[Any]:
    """The bodies of pages that are asked for by number, or by offset with a `step`, as long as a body says `more`."""
    at, pages = first, NewPages()
    while True:
        reply = http.get(path, {**params, send: at}, allowed=allowed)
        if reply.status >= 400:
            return
        yield reply.body
        if not more(reply.body):
            return
        pages.check(reply.body)
        at += step


def _bodies(ask: Callable[[Any], Reply], next_of: Next) -> Iterator[Any]:
    return _replies(ask, lambda reply: next_of(reply.body))


def _replies(ask: Callable[[Any], Reply], next_of: Callable[[Reply], Any]) -> Iterator[Any]:
    seen: set[Any] = set()
    pages = NewPages()
    cursor: Any = None
    while True:
        reply = ask(cursor)
        if reply.status >= 400:
            return
        yield reply.body
        cursor = next_of(reply)
        if cursor is None:
            return
        pages.check(reply.body)
        if cursor in seen:
            raise SourceChanged("the vendor gives the same page cursor again, so that its pages have no end; try later")
        seen.add(cursor)


def _told(body: Any, name: str) -> Any:
    """The next cursor; of a body that does not say whether there is more it is gone on with."""
    if not isinstance(body, dict):
        return None
    cursor = text(body, name)
    if not (flag(body, "has_more") if "has_more" in body else cursor):
        return None
    if not cursor:
        raise SourceChanged(f"the vendor says that there is more and gives no “{name}”; its format may have changed")
    return cursor


def _one(name: str, cursor: Any) -> dict[str, Any]:
    return {} if cursor is None else {name: cursor}
