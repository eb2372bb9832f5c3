"""Parts of a period and periods beside one."""

from __future__ import annotations

import pytest

from bot.questions.periods.parts import operand, part
from bot.questions.periods.phrase import Doubt
from tests.bot.questions.periods.phrases import reader, said, whole


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("first half of october", "2026-10-01..2026-10-15"),
        ("second half of february 2026", "2026-02-16..2026-02-28"),
        ("second half of last year", "2025-07-01..2025-12-31"),
        ("last month of q3", "2026-09-01..2026-09-30"),
        ("second quarter of 2025", "2025-04-01..2025-06-30"),
        ("first 10 days of october", "2026-10-01..2026-10-10"),
        ("last 3 days of october", "2026-10-29..2026-10-31"),
        ("start of october", "2026-10-01..2026-10-01"),
        ("the end of q3", "2026-09-30..2026-09-30"),
        ("the week of 11 november", "2026-11-09..2026-11-15"),
        ("week ending 15 november", "2026-11-09..2026-11-15"),
        ("the month before may", "2026-04-01..2026-04-30"),
        ("the week after 1 october", "2026-10-05..2026-10-11"),
        ("the 28 days before 1 october", "2026-09-03..2026-09-30"),
        ("two weeks to 15 november", "2026-11-02..2026-11-15"),
        ("the 20th of last month", "2026-10-20..2026-10-20"),
        ("the first of november", "2026-11-01..2026-11-01"),
    ],
)
def test_a_part_is_counted_inside_or_beside_what_is_named(text: str, days: str) -> None:
    assert said(whole(part(reader(text), 0), text)) == days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("first week of october", "weeks do not fit"),
        ("first half of q3", "no fixed days"),
        ("last weekend of october", "weeks do not fit"),
    ],
)
def test_what_does_not_fit_into_a_period_is_asked_about(text: str, why: str) -> None:
    found = whole(part(reader(text), 0), text)

    assert isinstance(found, Doubt)
    assert why in found.reason


def test_the_first_week_of_a_month_can_be_seven_days_or_the_week_that_holds_them() -> None:
    text = "first week of october"
    found = whole(part(reader(text), 0), text)

    assert isinstance(found, Doubt)
    assert [said(option) for option in found.options] == ["2026-10-01..2026-10-07", "2026-09-28..2026-10-04"]


@pytest.mark.parametrize("text", ["third month of october", "week of october", "31st of november"])
def test_what_a_period_does_not_have_is_no_part_of_it(text: str) -> None:
    assert whole(part(reader(text), 0), text) is None


def test_what_stands_after_since_may_have_an_article() -> None:
    assert operand(reader("the last week"), 0) is not None
    assert operand(reader("the first half of october"), 0) is not None
    assert operand(reader("the tokens"), 0) is None
