"""One phrase at a place of a question: the longest that any rule makes of it."""

from __future__ import annotations

from datetime import date

from bot.questions.periods.phrase import Doubt
from bot.questions.periods.reader import longest, phrase_of
from bot.questions.periods.words import rule
from tests.bot.questions.periods.phrases import phrase, reader, said


def test_the_longest_reading_is_taken() -> None:
    taken = reader("9 november 2025 by team").atom(0)

    assert taken is not None
    assert (said(taken[0]), taken[1]) == ("2025-11-09..2025-11-09", 3)


def test_nothing_begins_at_an_ordinary_word_or_behind_the_end() -> None:
    tokens = reader("tokens by team")

    assert [tokens.atom(index) for index in range(4)] == [None] * 4


def test_a_pattern_ends_where_a_token_ends() -> None:
    tokens = reader("week 46, octopus")

    assert tokens.match(rule("week"), 0) is not None
    assert tokens.match(rule("wee"), 0) is None
    assert tokens.match(rule("oct"), 3) is None
    assert tokens.match(rule("x?"), 0) is None
    assert tokens.match(rule("week"), 9) is None


def test_a_day_that_no_calendar_has_is_passed_over_for_what_is_left() -> None:
    taken = reader("2026-02-30").atom(0)

    assert taken is None or isinstance(taken[0], Doubt)


def test_the_same_tokens_can_be_read_as_on_another_day() -> None:
    later = reader("december").anchored(date(2027, 1, 5))
    taken = later.atom(0)

    assert taken is not None
    assert said(taken[0]) == "2026-12-01..2026-12-31"
    assert said(phrase("december")) == "2025-12-01..2025-12-31"


def test_of_several_readers_the_one_that_gets_furthest_counts_and_of_equals_the_first() -> None:
    first, second = phrase("october"), phrase("september")

    assert longest([lambda at: None, lambda at: (first, 2), lambda at: (second, 2)], 0) == (first, 2)
    assert longest([lambda at: (first, 2), lambda at: (second, 3)], 0) == (second, 3)
    assert longest([lambda at: None], 0) is None


def test_a_doubt_is_no_phrase() -> None:
    assert phrase_of((Doubt("when"), 1)) is None
    assert phrase_of(None) is None
