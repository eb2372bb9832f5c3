"""Spans with a named edge or two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.periods.phrase import Doubt, Phrase
from bot.questions.periods.ranges import all_time, borrowed_day, combined, since
from tests.bot.questions.periods.phrases import CALENDAR, phrase, reader, said, whole


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("since july", "2026-07-01..2026-11-18"),
        ("since the start of november", "2026-11-01..2026-11-30"),
        ("after september", "2026-10-01..2026-11-18"),
        ("until august", "2026-06-01..2026-08-31"),
        ("before august", "2026-06-01..2026-07-31"),
        ("from 19 to 25 october", "2026-10-19..2026-10-25"),
        ("between july and september", "2026-07-01..2026-09-30"),
        ("june through august", "2026-06-01..2026-08-31"),
        ("october to today", "2026-10-01..2026-11-18"),
        ("from october onwards", "2026-10-01..2026-11-18"),
        ("week 40 to 44", "2026-09-28..2026-11-01"),
        ("november to january 2026", "2025-11-01..2026-01-31"),
        ("november so far", "2026-11-01..2026-11-30"),
        ("september to date", "2026-09-01..2026-11-18"),
        ("so far this month", "2026-11-01..2026-11-30"),
        ("all time", "2026-06-01..2026-11-18"),
        ("ever", "2026-06-01..2026-11-18"),
        ("since the beginning", "2026-06-01..2026-11-18"),
    ],
)
def test_a_span_runs_from_edge_to_edge_and_an_open_one_to_the_day_asked(text: str, days: str) -> None:
    assert said(whole(combined(reader(text), 0), text)) == days


@pytest.mark.parametrize("text", ["from tokens", "between us", "ever more", "by october", "in october", "up to now"])
def test_words_of_a_range_alone_make_none(text: str) -> None:
    found = whole(combined(reader(text), 0), text)

    assert found is None or (text == "up to now" and isinstance(found, Phrase))


def test_without_any_record_all_time_is_the_day_asked() -> None:
    assert said(all_time(replace(CALENDAR, first_day=None))) == "2026-11-18..2026-11-18"
    assert said(all_time(CALENDAR, date(2026, 1, 1))) == "2026-01-01..2026-01-01"


def test_since_what_is_doubtful_is_as_doubtful() -> None:
    doubt = Doubt("when is it")

    assert since(doubt, CALENDAR) is doubt


def test_a_bare_number_borrows_its_month_from_the_day_beside_it() -> None:
    assert said(borrowed_day(9, phrase("25 october"))) == "2026-10-09..2026-10-09"
    assert borrowed_day(32, phrase("25 october")) is None
    assert borrowed_day(9, phrase("october")) is None


def test_both_edges_are_kept_for_a_question_about_change() -> None:
    found = whole(combined(reader("from september to october"), 0), "from september to october")

    assert isinstance(found, Phrase)
    assert [said(end) for end in found.ends] == ["2026-09-01..2026-09-30", "2026-10-01..2026-10-31"]
