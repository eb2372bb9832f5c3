"""Is that normal: the figure beside the usual range of the same spans before it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.questions.answers.answer import Status
from bot.questions.answers.normal import normal
from bot.statistics.weekly import FEWEST_WEEKS
from storage.errors import InvalidQuery
from storage.query import Filter, Grain
from storage.records import Period
from tests.bot.questions.answers.sample import Sample

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
FRIDAY = Period(date(2026, 11, 13), date(2026, 11, 13))


@pytest.mark.parametrize("period", [WEEK, FRIDAY])
def test_the_verdict_is_that_of_the_range_in_the_facts(sample: Sample, period: Period) -> None:
    answer = sample.answer(normal, "tokens", period)

    low, high = (fact.value for fact in answer.facts[:2])
    value = answer.rows[0].values["tokens"]
    assert answer.status is Status.ANSWERED
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert value is not None
    assert low < high
    verdict = "below" if value < low else "above" if value > high else "inside"
    assert f"That is {verdict} its usual range" in answer.text


def test_a_day_is_compared_with_its_own_weekday(sample: Sample) -> None:
    sunday = Period(date(2026, 11, 15), date(2026, 11, 15))
    friday_low, sunday_high = (
        fact.value
        for period, label in ((FRIDAY, "usual range, low"), (sunday, "usual range, high"))
        for fact in sample.answer(normal, "tokens", period).facts
        if fact.label == label
    )

    assert isinstance(friday_low, float)
    assert isinstance(sunday_high, float)
    assert sunday_high < friday_low


def test_with_too_few_spans_before_it_there_is_no_usual_range_yet(sample: Sample) -> None:
    assert sample.directory.first_day is not None
    first = sample.directory.first_day
    early = Period(first, first.replace(day=first.day + 6)) if first.day < 20 else Period(first, first)

    answer = sample.answer(normal, "tokens", early)

    assert f"it takes {FEWEST_WEEKS} earlier spans" in answer.text
    assert not any("usual range" in fact.label for fact in answer.facts)


def test_of_a_small_group_it_is_said_that_only_a_large_change_would_show(sample: Sample) -> None:
    counsel = (Filter("team", ("Counsel",)),)
    small = [
        sample.answer(normal, "tokens", Period(date(2026, month, 5), date(2026, month, 11)), filters=counsel).text
        for month in (9, 10, 11)
    ]

    inside = [text for text in small if "inside" in text]
    assert inside
    assert all("only a large change would show" in text for text in inside)
    assert "only a large change" not in sample.answer(normal, "tokens", WEEK).text


@pytest.mark.parametrize("more", [{"group_by": ("team",)}, {"grain": Grain.DAY}])
def test_a_range_belongs_to_one_figure(sample: Sample, more: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery, match="belongs to one figure"):
        sample.answer(normal, "tokens", WEEK, **more)
