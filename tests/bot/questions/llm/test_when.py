"""The times of a call: phrases that stand in the question, resolved by the period grammar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.when import CallPeriods, Doubtful, place, read_times, unit_of
from bot.questions.periods import default_period, default_trend
from bot.questions.reading import Understood
from bot.questions.tokens import tokenise
from storage.records import Period
from tests.bot.questions.llm.planned import CALENDAR, OCTOBER, SEPTEMBER, TOKENS, linked, run_query

BEFORE = Understood(query=TOKENS.with_(period=SEPTEMBER))


def days(period: Period | None) -> tuple[date, date] | None:
    return (period.start, period.end) if period else None


def times(text: str, before: Understood | None = None, **fields: Any) -> CallPeriods:
    if fields.get("time"):
        fields.setdefault("time_from", "question")
    return read_times(run_query(**fields), linked(text), CALENDAR, before)


def test_a_phrase_of_the_question_is_resolved_by_code() -> None:
    found = times("tokens in October", time="in October")

    assert days(found.period) == days(OCTOBER)
    assert found.spans == (range(1, 3),)
    assert found.said


def test_without_a_phrase_it_is_the_default_that_of_a_series_being_longer() -> None:
    assert times("tokens").period == default_period(CALENDAR).period
    assert times("tokens", grain="week").period == default_trend(CALENDAR).period
    assert not times("tokens").said


def test_a_follow_up_keeps_the_threads_period_or_counts_from_it() -> None:
    kept = times("and by tool", BEFORE, time_from="thread")
    moved = times("the month before", BEFORE, time="the month before")

    assert kept.period == SEPTEMBER
    assert kept.said
    assert days(moved.period) == (date(2026, 8, 1), date(2026, 8, 31))


def test_the_earlier_period_is_that_before_a_year_before_or_named() -> None:
    text = "tokens in October against August"

    assert days(times(text, time="in October", compare="previous").previous) == days(SEPTEMBER)
    assert days(times(text, time="in October", compare="year_before").previous) == (
        date(2025, 10, 1),
        date(2025, 10, 31),
    )
    named = times(text, time="in October", compare="named", compared_with="August")
    assert days(named.previous) == (date(2026, 8, 1), date(2026, 8, 31))
    assert len(named.spans) == 2


def test_the_later_of_two_named_periods_is_the_one_asked() -> None:
    found = times("August against October", time="August", compare="named", compared_with="October")

    assert (days(found.period), days(found.previous)) == (days(OCTOBER), (date(2026, 8, 1), date(2026, 8, 31)))


def test_a_running_month_is_compared_with_the_same_days() -> None:
    found = times("tokens this month", time="this month", compare="previous")

    assert found.running
    assert days(found.previous) == (date(2026, 10, 1), date(2026, 10, 18))


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("in August", "does not hold"),
        ("tokens in October", "words that name no time"),
        ("October and September", "no single period"),
        ("tokens", "words that name no time"),
    ],
)
def test_a_phrase_that_is_not_the_askers_or_no_time_is_refused(phrase: str, reason: str) -> None:
    with pytest.raises(ModelFailure, match=reason):
        times("tokens in October and September", time=phrase)


def test_a_day_that_can_be_two_is_asked_about_with_whole_questions_to_press() -> None:
    with pytest.raises(Doubtful) as asked:
        times("tokens on 3/4", time="on 3/4")

    assert len(asked.value.reading.options) == 2
    assert all(option.ask.startswith("tokens ") for option in asked.value.reading.options)


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "month"),
        (date(2026, 11, 1), date(2026, 11, 18), "month"),
        (date(2026, 11, 9), date(2026, 11, 15), "week"),
        (date(2026, 7, 1), date(2026, 9, 30), "quarter"),
        (date(2026, 11, 3), date(2026, 11, 3), "day"),
        (date(2026, 10, 2), date(2026, 10, 31), None),
        (date(2026, 11, 1), date(2026, 11, 17), None),
    ],
)
def test_a_stored_period_is_known_as_the_unit_that_it_is(first: date, last: date, unit: str | None) -> None:
    assert unit_of(Period(first, last), CALENDAR) == unit


def test_words_stand_where_all_of_them_follow_one_another() -> None:
    tokens = tokenise("tokens in may and in june").tokens

    assert place(["in", "june"], tokens) == range(4, 6)
    assert place(["in", "and"], tokens) is None
    assert place([], tokens) is None
