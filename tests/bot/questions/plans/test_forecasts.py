"""A forecast is the figure so far and what the back-test allows to be said of the rest; else the reason."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Fact, Status
from bot.statistics.forecast_values import Forecast
from bot.statistics.forecasting import forecast
from tests.bot.questions.plans.conftest import Asked


def fact(facts: tuple[Fact, ...], label: str) -> float:
    return next(float(fact.value) for fact in facts if fact.label == label and fact.value is not None)


def test_the_month_is_its_days_so_far_and_the_forecast_of_the_rest(ask: Asked) -> None:
    days = ask("cost by day from 20 May to 17 November 2026")
    found = ask("what will we spend this month?")

    values = [float(row.values["cost"] or 0) for row in days.rows]
    rest = forecast(values, 0, 13)
    assert isinstance(rest, Forecast)
    so_far = sum(values[-17:])
    assert found.status is Status.ANSWERED
    row = found.rows[0].values
    assert abs(fact(found.facts, "so far") - so_far) < 1e-6
    assert row["low"] < row["cost"] < row["high"]  # type: ignore[operator]
    assert float(row["low"] or 0) > so_far
    assert fact(found.facts, "run rate (so far, as a day, over all days)") == pytest.approx(so_far / 17 * 30)
    assert 0.7 <= fact(found.facts, "back-test coverage of the 80% interval") <= 0.9
    assert fact(found.facts, "error against the same days a week before") <= 1


def test_several_weeks_are_a_row_each(ask: Asked) -> None:
    found = ask("forecast tokens for the next 4 weeks")

    assert [row.labels["week"] for row in found.rows] == ["2026-11-18", "2026-11-25", "2026-12-02", "2026-12-09"]


def test_what_lies_too_far_or_is_of_too_few_is_answered_with_the_range_of_the_last_weeks(ask: Asked) -> None:
    weeks = [float(row.values["cost"] or 0) for row in ask("cost by week from 21 September to 15 November").rows]
    far = ask("what will we spend next month?")
    few = ask("what will Counsel spend this month?")
    other = ask("what will adoption be next week?")

    assert {far.status, few.status, other.status} == {Status.UNSUPPORTED}
    assert "at most four weeks ahead" in far.text
    assert "20 people" in few.text
    assert "nothing else" in other.text
    assert (fact(far.facts, "lowest of the last weeks"), fact(far.facts, "highest of the last weeks")) == (
        min(weeks),
        max(weeks),
    )


def test_a_small_group_stays_hidden_from_others(ask: Asked) -> None:
    found = ask("what will Counsel spend this month?", "oluwaseun.castillo@larkspur.example")

    assert found.status is Status.DENIED


def test_when_a_level_is_passed_is_a_day_between_two(ask: Asked) -> None:
    month = ask("what will we spend this month?").rows[0].values
    so_far = fact(ask("what will we spend this month?").facts, "so far")
    level = (so_far + float(month["cost"] or 0)) / 2

    coming = ask(f"when will we pass ${level:.2f}?")
    never = ask(f"when will we pass ${float(month['high'] or 0) * 2:.2f}?")
    gone = ask(f"when will we pass ${so_far / 2:.2f}?")

    assert "2026-11-18" <= coming.rows[0].labels["day"] <= "2026-11-30"
    assert "not expected" in never.text
    assert gone.rows[0].labels["day"] < "2026-11-18"
    assert "already" in gone.text
