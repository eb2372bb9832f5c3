"""The phrases of a question from left to right, none overlapping."""

from __future__ import annotations

import pytest

from bot.questions.periods.phrase import Doubt
from bot.questions.periods.scan import doubt_options, joined, period_match, scan
from tests.bot.questions.periods.phrases import CALENDAR, reader, said


def days(text: str) -> list[str]:
    return [said(item.phrase) if item.phrase else type(item.value).__name__ for item in scan(reader(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tokens in october by team", ["2026-10-01..2026-10-31"]),
        ("october and september", ["2026-10-01..2026-10-31", "2026-09-01..2026-09-30"]),
        ("weeks 45 and 46", ["2026-11-02..2026-11-08", "2026-11-09..2026-11-15"]),
        ("9 and 10 november", ["2026-11-09..2026-11-09", "2026-11-10..2026-11-10"]),
        ("10 november and 11", ["2026-11-10..2026-11-10", "2026-11-11..2026-11-11"]),
        ("june and july 2025", ["2025-06-01..2025-06-30", "2025-07-01..2025-07-31"]),
        ("first and second half of october", ["2026-10-01..2026-10-15", "2026-10-16..2026-10-31"]),
        ("first half of october vs second half", ["2026-10-01..2026-10-15", "2026-10-16..2026-10-31"]),
        ("first week of october, that is 1 to 7 october", ["2026-10-01..2026-10-07"]),
        ("first week of october, i.e. 1 to 7 october", ["2026-10-01..2026-10-07"]),
        ("the month before last", ["2026-09-01..2026-09-30"]),
        ("week over week", ["Leaning"]),
        ("tokens by team", []),
    ],
)
def test_each_phrase_is_read_with_those_beside_it(text: str, found: list[str]) -> None:
    assert days(text) == found


def test_a_bare_number_that_counts_something_is_no_day() -> None:
    assert days("10 november and 11 teams") == ["2026-11-10..2026-11-10"]


def test_the_words_that_lead_into_a_period_belong_to_it() -> None:
    tokens = reader("tokens over the whole of october")
    (item,) = scan(tokens)
    assert item.phrase is not None
    match = period_match(tokens, item, item.phrase, 0)

    assert (match.span.start, match.span.end, match.whole) == (1, 6, True)
    assert not period_match(tokens, item, item.phrase, item.start).whole


def test_joining_words_join_and_others_do_not() -> None:
    def of(text: str) -> bool:
        tokens = reader(text)
        first, second = scan(tokens)
        return joined(tokens, first, second)

    assert of("october, as well as in september")
    assert not of("october tokens of september")


def test_a_doubt_gives_its_readings_as_periods() -> None:
    (item,) = scan(reader("on 3/4"))

    assert isinstance(item.value, Doubt)
    assert len(doubt_options(item.value, CALENDAR)) == 2
