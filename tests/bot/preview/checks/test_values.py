"""The small values that blocks are made of, at their limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.checks.values import confirm, count, one_of, options, plain, some, string, text
from tests.bot.preview.checks.good import Block, option
from tests.bot.preview.checks.good import plain as words

SURE: Block = {"title": words("Sure?"), "text": words("Really?"), "confirm": words("Yes"), "deny": words("No")}


def ok(found: Iterator[str]) -> bool:
    return not list(found)


@given(st.integers(0, 12), st.integers(1, 10))
def test_a_string_has_one_to_so_many_characters(length: int, limit: int) -> None:
    assert ok(string("x" * length, limit, "name")) == (0 < length <= limit)


@pytest.mark.parametrize("value", [None, 7, b"x", ["x"]])
def test_what_is_no_string_is_none(value: object) -> None:
    assert list(string(value, 10, "name")) == ["name must have 1 to 10 characters"]


def test_a_text_is_of_the_kinds_that_its_place_takes() -> None:
    marked = {"type": "mrkdwn", "text": "*x*"}

    assert ok(text(marked, 10))
    assert ok(text(words("x"), 10))
    assert list(plain(marked, 10, "label")) == ["label must be a text object of plain_text"]
    assert not ok(text("x", 10))


def test_a_list_has_so_many_things_and_what_is_no_object_is_left_out() -> None:
    assert ok(count([1, 2], 1, 2, "things"))
    assert list(count([], 1, 2, "things")) == list(count(None, 1, 2, "things")) == ["1 to 2 things are needed"]
    assert some([{"a": 1}, "x", None]) == [{"a": 1}]
    assert some("x") == []


def test_one_of_a_few_words_or_nothing() -> None:
    assert ok(one_of(None, ("left", "right"), "align"))
    assert ok(one_of("left", ("left", "right"), "align"))
    assert list(one_of("top", ("left", "right"), "align")) == ["align must be one of left, right"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": words("x" * 76)}, "an option's text must have 1 to 75 characters"),
        ({"value": "x" * 151}, "an option's value must have 1 to 150 characters"),
        ({"description": words("")}, "an option's description must have 1 to 75 characters"),
    ],
)
def test_an_option_has_a_text_a_value_and_maybe_a_description(changed: Block, said: str) -> None:
    good = option("A", "a")

    assert ok(options([good | {"description": words("d")}], 5))
    assert list(options([good | changed], 5)) == [said]


@pytest.mark.parametrize(("name", "limit"), [("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)])
def test_a_confirmation_has_four_texts_each_with_its_limit(name: str, limit: int) -> None:
    assert ok(confirm(SURE | {name: words("x" * limit)}))
    assert len(list(confirm(SURE | {name: words("x" * (limit + 1))}))) == 1
    assert len(list(confirm({key: value for key, value in SURE.items() if key != name}))) == 1
