"""The leverage ratio against plain arithmetic, where it is not measurable, and the answer with three lenses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.advice.leverage import COVERED, of_team, of_workflows
from bot.advice.survey import Survey
from bot.advice.values import Grade
from bot.figures import short
from storage.answer.workload import WeekOfWork
from tests.bot.advice.conftest import Company, ask, half_by_ai, survey_of


def test_the_ratio_is_the_minutes_taken_over_by_the_minutes_given(company: Company) -> None:
    half_by_ai(company)
    survey = survey_of(company)
    facts, prepared = survey.facts("ticket answering"), survey.prepared("ticket answering")

    found = of_workflows(survey, ["ticket answering"])

    # Σ V·p·m·u at the means of its four inputs; the middle of the draws lies near it.
    a, b = prepared.inputs.prior
    runs = (facts.volume or 0) * facts.ai_share
    mean = runs * (a / (a + b)) * prepared.inputs.minutes.mean * 0.6 / 60
    assert found.absorbed is not None
    assert found.ratio is not None
    assert found.absorbed.p50 == pytest.approx(mean, rel=0.1)
    assert found.absorbed.p10 < found.absorbed.p50 < found.absorbed.p90
    assert found.spent == pytest.approx(sum(row.minutes for row in last_eight(survey)) / 60 / 8)
    assert found.ratio.p50 == pytest.approx(found.absorbed.p50 / found.spent)
    assert of_workflows(survey, ["ticket answering"]) == found


def test_what_is_left_net_of_the_time_beside_ai_stands_next_to_the_ratio(company: Company) -> None:
    half_by_ai(company)
    survey = survey_of(company)
    beside = sum(row.minutes for row in last_eight(survey) if row.mode != "human") / 60 / 8

    found = of_workflows(survey, ["ticket answering"])

    assert found.absorbed is not None
    assert found.net is not None
    assert found.net.p50 == pytest.approx(found.absorbed.p50 - 0.6 * beside, rel=0.1)
    assert found.text().startswith(f"AI saves about {short(found.net.p50, 'hours')} hours (")
    assert f"That is {short(found.absorbed.p50, 'hours')} hours (" in found.text()
    assert " gross, before the time that people spent beside AI is taken off" in found.text()


def test_a_rough_estimate_is_called_one(company: Company) -> None:
    half_by_ai(company)
    found = of_workflows(survey_of(company), ["ticket answering"])

    assert "rough" not in found.text()
    assert "a rough estimate, grade C" in replace(found, grade=Grade.C).text()


def last_eight(survey: Survey) -> list[WeekOfWork]:
    first = date(2026, 9, 21)
    return [row for row in survey.weeks["ticket answering"] if row.week >= first]


def test_without_work_by_ai_it_is_not_measurable_and_says_so(company: Company) -> None:
    found = of_workflows(survey_of(company), [])

    assert found.ratio is None
    assert "no work with AI" in found.text()


def test_a_team_needs_most_of_its_time_in_the_catalogue(company: Company) -> None:
    half_by_ai(company)
    survey = survey_of(company)
    spent = of_workflows(survey, ["ticket answering"]).spent

    enough = of_team(survey, ["ticket answering"], spent / 40 / COVERED)
    little = of_team(survey, ["ticket answering"], spent / 40 / COVERED * 1.2)

    assert enough.ratio is not None
    assert little.ratio is None
    assert little.absorbed == enough.absorbed
    assert "catalogue more of its recurring work" in little.text()
    assert of_team(survey, ["ticket answering"], None).ratio is None


def test_no_team_is_said_to_hand_over_more_than_two_fifths_of_its_time(company: Company) -> None:
    half_by_ai(company)
    survey = survey_of(company)
    whole = of_workflows(survey, ["ticket answering"])
    assert whole.absorbed is not None
    heads = whole.absorbed.p50 / 40 / 0.4  # so that the middle is at the limit

    found = of_team(survey, ["ticket answering"], heads)

    assert found.absorbed is not None
    assert found.absorbed.p90 == pytest.approx(whole.absorbed.p50)
    assert "No estimate is believed beyond two fifths" in found.text()


def test_several_workflows_are_summed_draw_by_draw(company: Company) -> None:
    half_by_ai(company)
    half_by_ai(company, "account notes")
    survey = survey_of(company)
    tickets, other = (of_workflows(survey, [name]) for name in ("ticket answering", "account notes"))

    both = of_workflows(survey, ["ticket answering", "account notes"])

    assert tickets.absorbed is not None
    assert other.absorbed is not None
    assert both.absorbed is not None
    assert both.absorbed.p50 == pytest.approx(tickets.absorbed.p50 + other.absorbed.p50, rel=0.05)
    # Independent workflows do not all have their worst week at once.
    assert both.absorbed.p10 > tickets.absorbed.p10 + other.absorbed.p10


def test_a_period_that_was_named_is_answered_with_the_one_it_has(company: Company) -> None:
    half_by_ai(company)

    answer = ask(company, "what was the leverage ratio of Support over the last 4 weeks?")

    assert answer is not None
    assert answer.caveats[0].startswith(
        "the ratio is always of the last eight complete weeks, and not of the last 4 weeks"
    )
