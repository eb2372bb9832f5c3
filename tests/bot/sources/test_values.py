"""One value, however a vendor writes it; what cannot be meant is said so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from bot.sources.base import SourceChanged
from bot.sources.values import amount, less, mapping, milliseconds, moment, utc_day

NOON = datetime(2026, 11, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "told",
    [
        1_793_966_400_000,
        1_793_966_400_000.0,
        "1793966400000",
        "2026-11-06T12:00:00Z",
        "2026-11-06T15:00:00+03:00",
        "2026-11-06 12:00:00.000000",
        datetime(2026, 11, 6, 12),
        datetime(2026, 11, 6, 15, tzinfo=timezone(timedelta(hours=3))),
    ],
)
def test_an_instant_is_read_as_milliseconds_or_iso_8601_and_is_utc_without_an_offset(told: Any) -> None:
    assert moment(told) == NOON
    assert moment(told).tzinfo is UTC


@pytest.mark.parametrize("told", ["noon", "", None, [], 10**30])
def test_what_is_no_instant_is_a_changed_format(told: Any) -> None:
    with pytest.raises(SourceChanged, match="time"):
        moment(told)


def test_a_day_is_the_first_ten_letters_of_it() -> None:
    assert utc_day("2026-11-06") == utc_day("2026-11-06T00:00:00Z") == date(2026, 11, 6)
    with pytest.raises(SourceChanged, match="day"):
        utc_day("yesterday")


def test_a_day_begins_at_its_milliseconds() -> None:
    assert moment(milliseconds(date(2026, 11, 6))) == datetime(2026, 11, 6, tzinfo=UTC)


def test_an_amount_keeps_its_digits_and_none_is_not_0() -> None:
    assert amount(21.36232) == Decimal("21.36232")
    assert amount("0.60") == Decimal("0.6")
    assert amount(0) == 0
    assert amount(None) is None
    assert amount("") is None


def test_an_object_may_be_json_in_a_text() -> None:
    assert mapping('{"a": 1}') == mapping({"a": 1}) == {"a": 1}
    assert mapping("{cut") == mapping(None) == mapping([1]) == mapping("plain") == {}


def test_parts_are_taken_out_of_a_count_but_never_below_0() -> None:
    assert less(1110, 1000, 100) == 10
    assert less(5, None, 9) == 0
    assert less(None, 3) is None
