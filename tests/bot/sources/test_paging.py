"""The ways in which vendors hand out pages, each with its guard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from bot.sources import paging
from bot.sources.base import Params, Reply, SourceChanged
from bot.sources.paging import last_id, linked, next_page, numbered, paged, paged_post


class Vendor:
    """Gives its replies one after the other, and notes what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies, self.asked = [*replies], list[tuple[str, dict[str, Any]]]()

    def get(self, path: str, params: Params | None = None, *, allowed: Sequence[int] = ()) -> Reply:
        return self._next(path, dict(params or {}))

    def post(self, path: str, body: Any, params: Params | None = None, *, allowed: Sequence[int] = ()) -> Reply:
        return self._next(path, dict(body))

    def lines(self, link: str) -> Iterator[Any]:
        raise NotImplementedError

    def _next(self, path: str, said: dict[str, Any]) -> Reply:
        self.asked.append((path, said))
        return self.replies[min(len(self.asked), len(self.replies)) - 1]


def page(cursor: str | None, name: str = "next_page") -> Reply:
    return Reply(200, {"has_more": cursor is not None, name: cursor})


def test_pages_are_asked_for_with_the_same_parameters_until_there_are_no_more() -> None:
    vendor = Vendor(page("b"), page("c"), page(None))

    assert len([*paged(vendor, "/use", {"day": "x"})]) == 3
    assert [said for _, said in vendor.asked] == [{"day": "x"}, {"day": "x", "page": "b"}, {"day": "x", "page": "c"}]


def test_the_parameters_may_be_a_body_and_the_cursor_an_id() -> None:
    vendor = Vendor(page("b", "last_id"), page(None, "last_id"))

    assert len([*paged_post(vendor, "/use", {"day": "x"}, send="after_id", next_of=last_id)]) == 2
    assert vendor.asked[-1][1] == {"day": "x", "after_id": "b"}


def test_a_link_is_followed_as_it_is() -> None:
    vendor = Vendor(Reply(200, 1, "https://x.example/next"), Reply(200, 2))

    assert [*linked(vendor, "/use", {"day": "x"})] == [1, 2]
    assert vendor.asked == [("/use", {"day": "x"}), ("https://x.example/next", {})]


@pytest.mark.parametrize(("step", "asked"), [(1, [1, 2, 3]), (100, [1, 101, 201])])
def test_numbered_pages_are_counted_on_as_long_as_a_body_says_more(step: int, asked: list[int]) -> None:
    vendor = Vendor(Reply(200, True), Reply(200, True), Reply(200, False))

    assert [*numbered(vendor, "/use", more=bool, step=step)] == [True, True, False]
    assert [said["page"] for _, said in vendor.asked] == asked


def test_a_cursor_that_comes_back_ends_the_pull_in_words() -> None:
    with pytest.raises(SourceChanged, match="same page cursor again"):
        [*paged(Vendor(page("b")), "/use")]
    with pytest.raises(SourceChanged, match="same page cursor again"):
        [*linked(Vendor(Reply(200, 1, "https://x.example/next")), "/use")]


def test_more_that_names_no_cursor_is_another_format() -> None:
    with pytest.raises(SourceChanged, match="next_page"):
        next_page({"has_more": True})
    assert next_page({"has_more": False, "next_page": "b"}) is None
    assert next_page([]) is None


def test_numbered_pages_without_an_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_PAGES", 5)

    with pytest.raises(SourceChanged, match="more than 5 pages"):
        [*numbered(Vendor(Reply(200, True)), "/use", more=bool)]


def test_an_answer_that_is_allowed_to_fail_ends_the_pages() -> None:
    for pages in (
        paged(Vendor(page("b"), Reply(403, None)), "/use", allowed=(403,)),
        numbered(Vendor(Reply(200, True), Reply(404, None)), "/use", more=bool, allowed=(404,)),
    ):
        assert len([*pages]) == 1
