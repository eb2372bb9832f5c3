"""A field of a vendor's row, however vendors write it; one that cannot be meant is named, with what should be there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from bot.sources import values
from bot.sources.base import SourceChanged
from bot.sources.values import less, milliseconds, required

NOON = datetime(2026, 11, 6, 12, tzinfo=UTC)
READ: dict[Callable[..., Any], list[tuple[Any, Any]]] = {
    values.count: [(None, None), (7, 7), ("7", 7), (7.0, 7), (0, 0)],
    values.money: [(0.06, Decimal("0.06")), ("1.50", Decimal("1.50")), (3, Decimal(3)), (" -2 ", Decimal(-2))],
    values.amount: [(None, None), ("", None), (0, Decimal(0)), (21.36232, Decimal("21.36232"))],
    values.text: [(None, ""), ("", ""), ("ada", "ada"), (1001, "1001")],
    values.flag: [(None, False), (True, True), (0, False), ("true", True), ("False", False)],
    values.texts: [(None, []), (["a", 2, None], ["a", "2", ""])],
    values.inner: [(None, {}), ({}, {}), ({"a": 1}, {"a": 1})],
    values.packed: [('{"a": 1}', {"a": 1}), ({"a": 1}, {"a": 1}), ("{cut", {}), ("plain", {}), ("", {}), (None, {})],
    values.listed: [(None, []), ([], []), ([{"a": 1}], [{"a": 1}])],
    values.seconds: [(1_793_966_400, NOON), ("1793966400", NOON)],
    values.utc_day: [("2026-11-06", NOON.date()), ("2026-11-06T00:00:00Z", NOON.date())],
    values.moment: [
        (1_793_966_400_000, NOON),
        (1_793_966_400_000.0, NOON),
        ("1793966400000", NOON),
        ("2026-11-06T12:00:00Z", NOON),
        ("2026-11-06T15:00:00+03:00", NOON),
        ("2026-11-06 12:00:00.000000", NOON),
        (datetime(2026, 11, 6, 12), NOON),
        (datetime(2026, 11, 6, 15, tzinfo=timezone(timedelta(hours=3))), NOON),
    ],
}
REFUSED: dict[Callable[..., Any], tuple[str, list[Any]]] = {
    values.count: ("a whole number", [True, 0.5, "many", [], {}, float("inf"), -1, "-1"]),
    values.money: ("an amount", [None, True, "free", "NaN", [], {}]),
    values.amount: ("an amount", [True, "free", []]),
    values.text: ("a text", [True, [], {}]),
    values.flag: ("yes or no", ["maybe", 7, [], {}]),
    values.texts: ("a list of texts", ["a", {}]),
    values.inner: ("an object", [[], "a", 1, False]),
    values.packed: ("an object", [[], 1, True]),
    values.listed: ("a list of objects", [{}, "a", 1, [{}, "a"], [[]]]),
    values.seconds: ("a time in seconds", [None, "noon", [], {}]),
    values.utc_day: ("a day", ["yesterday", None, 7, {}]),
    values.moment: ("a time", ["noon", "", None, [], 10**30]),
}


def test_a_field_is_read_in_every_way_in_which_vendors_write_it() -> None:
    assert {
        (read.__name__, repr(told)): read({"it": told}, "it") for read, cases in READ.items() for told, _ in cases
    } == {(read.__name__, repr(told)): meant for read, cases in READ.items() for told, meant in cases}
    assert values.moment({"it": "2026-11-06T12:00:00+00:00"}, "it").tzinfo is UTC


def test_another_type_of_value_is_told_with_its_field_and_what_is_expected() -> None:
    for read, (expected, cases) in REFUSED.items():
        for told in cases:
            with pytest.raises(SourceChanged, match=rf"in “it”, where {expected}"):
                read({"it": told}, "it")
    with pytest.raises(SourceChanged, match="has a list in “user_id”, where a text is expected"):
        values.text({"user_id": ["ada"]}, "user_id")


def test_what_the_field_holds_stands_in_no_error() -> None:
    with pytest.raises(SourceChanged) as raised:
        values.count({"it": "sk-secret"}, "it")

    assert "sk-secret" not in str(raised.value)


def test_a_field_that_is_needed_and_not_there_is_named_and_others_may_be_missing() -> None:
    for read in (values.count, values.amount, values.text, values.flag, values.texts, values.inner, values.listed):
        assert not read({}, "it")
        with pytest.raises(SourceChanged, match="has no field “it”"):
            read({}, "it", needed=True)
        with pytest.raises(SourceChanged, match="the object of “it”"):
            read("text", "it")


def test_the_way_to_a_field_that_is_missing_is_named() -> None:
    assert required({"a": {"b": 0}}, "a", "b") == 0
    with pytest.raises(SourceChanged, match=r"“a\.b”"):
        required({"a": {}}, "a", "b")


def test_a_day_begins_at_its_milliseconds() -> None:
    assert values.moment({"it": milliseconds(date(2026, 11, 6))}, "it") == datetime(2026, 11, 6, tzinfo=UTC)


def test_parts_are_taken_out_of_a_count_but_never_below_0() -> None:
    assert less(1110, 1000, 100) == 10
    assert less(5, None, 9) == 0
    assert less(None, 3) is None
