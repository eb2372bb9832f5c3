"""Each way of paging ends, and one that would not is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from bot.sources.base import NONE, Params, Reply, SourceChanged
from bot.sources.paging import last_id, linked, numbered, paged, paged_post


class Pages:
    """A vendor that gives these replies, and remembers what it was asked."""

    def __init__(self, give: Callable[[dict[str, Any]], Any], status: int = 200) -> None:
        self._give, self._status = give, status
        self.asked: list[dict[str, Any]] = []

    def get(self, path: str, params: Params = NONE, *, allowed: Sequence[int] = ()) -> Reply:
        return self._reply({"path": path, **params})

    def post(self, path: str, body: Any, params: Params = NONE, *, allowed: Sequence[int] = ()) -> Reply:
        return self._reply(body)

    def file(self, path: str) -> bytes:
        raise AssertionError(f"no cursor leads to a file: {path}")

    def lines(self, link: str) -> Iterator[Any]:
        raise AssertionError(f"no cursor leads to a signed file: {link}")

    def _reply(self, asked: dict[str, Any]) -> Reply:
        self.asked.append(asked)
        given = self._give(asked)
        return given if isinstance(given, Reply) else Reply(self._status, given)


def by_cursor(asked: dict[str, Any]) -> Any:
    at = int(asked.get("page", 0))
    return {"data": [at], "has_more": at < 2, "next_page": str(at + 1) if at < 2 else None}


def test_a_cursor_is_sent_back_with_the_same_parameters() -> None:
    http = Pages(by_cursor)

    assert [body["data"] for body in paged(http, "/x", {"limit": 9})] == [[0], [1], [2]]
    assert http.asked[-1] == {"path": "/x", "limit": 9, "page": "2"}


def test_a_cursor_left_over_on_the_last_page_is_not_followed() -> None:
    assert len([*paged(Pages(lambda _: {"has_more": False, "next_page": "p"}), "/x")]) == 1


def test_the_last_id_of_a_page_is_a_cursor_too() -> None:
    http = Pages(lambda asked: {"data": [], "has_more": "after" not in asked, "last_id": "id-1"})

    assert len([*paged(http, "/x", send="after", next_of=last_id)]) == 2
    assert http.asked[1]["after"] == "id-1"


def test_a_body_carries_the_cursor_where_parameters_are_a_body() -> None:
    def next_of(body: Any) -> Any:
        return body["page"] + 1 if body["page"] < 3 else None

    http = Pages(lambda asked: {"page": asked.get("page", 1)})

    assert [body["page"] for body in paged_post(http, "/x", {"size": 5}, next_of=next_of)] == [1, 2, 3]
    assert http.asked[-1] == {"size": 5, "page": 3}


def test_links_are_followed_as_they_are() -> None:
    http = Pages(lambda asked: Reply(200, asked["path"], "https://x/2" if asked["path"] == "/x" else ""))

    assert [*linked(http, "/x", {"a": 1})] == ["/x", "https://x/2"]


def test_numbers_go_up_by_their_step() -> None:
    http = Pages(lambda asked: {"more": asked["offset"] < 100})

    pages = numbered(http, "/x", send="offset", first=0, step=50, more=lambda body: bool(body["more"]))
    assert len([*pages]) == 3
    assert [asked["offset"] for asked in http.asked] == [0, 50, 100]


def test_a_status_that_is_allowed_ends_the_pages() -> None:
    for pages in (paged, linked):
        assert [*pages(Pages(by_cursor, status=404), "/x", allowed=(404,))] == []


@pytest.mark.parametrize("cursors", [["a", "a"], ["a", "b", "a"]])
def test_a_cursor_that_comes_back_is_said(cursors: list[str]) -> None:
    given = iter(cursors * 2)

    with pytest.raises(SourceChanged, match="same page cursor"):
        [*paged(Pages(lambda _: {"has_more": True, "next_page": next(given)}), "/x")]


def test_more_without_a_cursor_is_another_format() -> None:
    with pytest.raises(SourceChanged, match="“next_page”"):
        [*paged(Pages(lambda _: {"has_more": True, "next_page": None}), "/x")]


def test_pages_that_come_again_and_again_by_new_cursors_have_no_end() -> None:
    def told(rows: Callable[[int], list[int]]) -> int:
        """How many pages are given of a list that always has more."""
        http = Pages(lambda asked: {"data": rows(asked["page"])})
        with pytest.raises(SourceChanged, match="again and again"):
            [*numbered(http, "/x", more=lambda _: True)]
        return len(http.asked)

    assert told(lambda _: [1, 2]) == 4  # one that comes twice is none of these
    assert told(lambda page: [page % 2]) == 5
    assert told(lambda page: [page // 2] if page < 9 else []) == 108  # pages without rows may be many
