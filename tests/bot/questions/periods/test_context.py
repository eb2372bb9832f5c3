"""Phrases that lean on another period."""

from __future__ import annotations

import pytest

from bot.questions.periods.context import Leaning, leaning
from tests.bot.questions.periods.phrases import reader


def lean(text: str) -> Leaning | None:
    tokens = reader(text)
    found = leaning(tokens, 0)
    return found[0] if found is not None and found[1] == len(tokens.tokens) else None


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("the week before", Leaning(how="relative", step="week")),
        ("the following month", Leaning(how="relative", step="month", shift=1)),
        ("the period before that", Leaning(how="relative")),
        ("the previous one", Leaning(how="relative")),
        ("before that", Leaning(how="relative")),
        ("the 28 days before", Leaning(how="relative", step="day", count=28)),
        ("the 28 before", Leaning(how="relative", count=28)),
        ("two weeks before that", Leaning(how="relative", step="week", shift=-2)),
        ("a month later", Leaning(how="relative", step="month", shift=1)),
        ("the last", Leaning(how="one_back")),
        ("the same period last year", Leaning(how="year_ago")),
        ("this time last year", Leaning(how="year_ago")),
        ("same day last week", Leaning(how="same_day", step="week")),
        ("week over week", Leaning(how="over", step="week")),
        ("m/m", Leaning(how="over", step="month")),
        ("yoy", Leaning(how="over", step="year")),
    ],
)
def test_it_says_how_far_and_which_way(text: str, leans: Leaning) -> None:
    assert lean(text) == leans


def test_as_many_days_of_another_unit_hold_that_unit() -> None:
    found = lean("the same number of days into q3")

    assert found is not None
    assert found.how == "same_days"
    assert found.inner is not None
    assert found.inner.unit == "quarter"


@pytest.mark.parametrize("text", ["last week", "the tokens", "the last week", "same tool", "the day", "before"])
def test_a_phrase_that_stands_alone_leans_on_nothing(text: str) -> None:
    assert lean(text) is None
