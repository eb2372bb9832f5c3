"""Schemas as every server takes them, and the check that what came back keeps to one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.schema import check, many, maybe, one_of, record, text, yes

SCHEMA = record(
    name=text(5),
    sort=one_of(("a", "b")),
    marks=many({"type": "number"}, 2),
    count=maybe({"type": "integer"}),
    inner=maybe(record(sure=yes("whether"))),
)
GOOD: dict[str, Any] = {"name": "x", "sort": "a", "marks": [1, 2.5], "count": None, "inner": {"sure": True}}


def test_an_object_declares_exactly_its_fields_and_needs_all_of_them() -> None:
    assert SCHEMA["required"] == [*SCHEMA["properties"]] == ["name", "sort", "marks", "count", "inner"]
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("change", [{}, {"count": 5}, {"inner": None}, {"marks": []}, {"name": ""}])
def test_what_keeps_to_it_passes(change: dict[str, Any]) -> None:
    check(GOOD | change, SCHEMA)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "longer"}, "arguments.name is too long"),
        ({"name": None}, "arguments.name must be of type string"),
        ({"sort": "c"}, "arguments.sort is none of the allowed words"),
        ({"marks": [1, 2, 3]}, "arguments.marks has more than 2 entries"),
        ({"marks": [1, True]}, r"arguments.marks\[1\] must be of type number"),
        ({"count": 1.5}, "arguments.count must be of type integer"),
        ({"count": True}, "arguments.count must be of type integer"),
        ({"inner": {"sure": 1}}, "arguments.inner.sure must be of type boolean"),
        ({"inner": {}}, "arguments.inner must have exactly the fields sure"),
        ({"extra": 1}, "arguments must have exactly the fields name, sort"),
    ],
)
def test_what_does_not_is_told_where_and_how(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelFailure, match=f"^{words}"):
        check(GOOD | change, SCHEMA)


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_what_is_no_object_at_all_is_none(value: object) -> None:
    with pytest.raises(ModelFailure, match="arguments must be of type object"):
        check(value, SCHEMA)


def test_the_words_hold_nothing_of_the_value() -> None:
    with pytest.raises(ModelFailure) as failure:
        check(GOOD | {"sort": "secret word"}, SCHEMA)

    assert "secret" not in failure.value.reason
