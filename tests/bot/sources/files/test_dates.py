"""How a file writes days and numbers is found out over all of it; what nothing tells stays open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.files.dates import DateOrder, DecimalMark, Habits, read, two_ways

DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


def habits(days: list[str], numbers: list[str]) -> Habits:
    found = Habits()
    for text in days:
        found.look([text], [])
    for text in numbers:
        found.look([], [text])
    return found


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (["2026-07-09", "2026-07-31"], DateOrder.ISO),
        (["09/07/2026", "31/07/2026"], DateOrder.DAY_FIRST),
        (["09/07/2026", "07/31/2026"], DateOrder.MONTH_FIRST),
        (["09/07/2026"], DateOrder.OPEN),
        (["31/07/2026", "07/31/2026"], DateOrder.OPEN),
        (["09.07.2026"], DateOrder.ISO),
        (["9 July 2026", ""], DateOrder.ISO),
    ],
)
def test_one_day_after_the_twelfth_tells_the_order_of_all(days: list[str], order: DateOrder) -> None:
    assert habits(days, []).order is order


@pytest.mark.parametrize(
    ("numbers", "by_semicolon", "mark"),
    [
        (["1.5", "1,234"], True, DecimalMark.POINT),
        (["1,5", "1.234"], True, DecimalMark.COMMA),
        (["1.234,50"], True, DecimalMark.COMMA),
        (["1,234.50"], True, DecimalMark.POINT),
        (["1,234"], True, DecimalMark.UNKNOWN),
        (["1,234"], False, DecimalMark.POINT),
        (["1.5", "1,5"], True, DecimalMark.POINT),
        (["7"], True, DecimalMark.UNKNOWN),
        (["€ 1,50"], False, DecimalMark.COMMA),
    ],
)
def test_one_number_that_can_be_read_in_one_way_tells_the_mark_of_all(
    numbers: list[str], by_semicolon: bool, mark: DecimalMark
) -> None:
    assert habits([], numbers).mark(by_semicolon) is mark


@given(DAYS)
def test_a_day_reads_back_in_the_order_of_its_file(day: date) -> None:
    assert read(f"{day:%d/%m/%Y}", DateOrder.DAY_FIRST) == day
    assert read(f"{day:%m/%d/%Y}", DateOrder.MONTH_FIRST) == day
    assert read(f"{day:%d.%m.%Y}", DateOrder.ISO) == day, "a point always has the day first"
    assert read(f"{day:%Y/%m/%d}", DateOrder.OPEN) == day
    assert read(f"{day.day} {day:%B %Y}", DateOrder.OPEN) == day
    assert read(f"{day:%b} {day.day}, {day:%Y}", DateOrder.OPEN) == day
    assert read(f"{day:%d-%b-%Y}", DateOrder.OPEN) == day


@given(DAYS)
def test_without_an_order_a_day_is_read_where_only_one_way_is_left(day: date) -> None:
    text = f"{day:%d/%m/%Y}"
    if day.day > 12:
        assert read(text, DateOrder.OPEN) == day
        assert two_ways(text) is None
    else:
        assert read(text, DateOrder.OPEN) is None
        assert two_ways(text) == (day, date(day.year, day.day, day.month))


@pytest.mark.parametrize("text", ["31/02/2026", "2026/13/01", "31.04.2026"])
def test_a_day_that_is_not_in_the_calendar_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        read(text, DateOrder.DAY_FIRST)


@pytest.mark.parametrize("text", ["", "soon", "09/07/26", "9 Brumaire 2026", "2026", "09/07-2026"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read(text, DateOrder.DAY_FIRST) is None


@pytest.mark.parametrize(
    ("counts", "mark"),
    [
        (["1.234"], DecimalMark.COMMA),
        (["1.000.000"], DecimalMark.COMMA),
        (["1,234"], DecimalMark.POINT),
        (["1.000", "1,000", "12345", "0.333"], DecimalMark.UNKNOWN),
    ],
)
def test_a_count_has_no_broken_part_so_that_what_groups_its_digits_is_no_decimal_mark(
    counts: list[str], mark: DecimalMark
) -> None:
    found = Habits()
    found.look([], [], counts)

    assert found.mark(by_semicolon=True) is mark
