"""All that the advice of a day rests on, read once, for one reader."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.inputs import WorkFacts
from bot.advice.leverage import of_workflows
from storage.keep.advice import close_trial, open_trial, read_remembered
from tests.bot.advice.conftest import (
    ANYBODY,
    AS_OF,
    Company,
    half_by_ai,
    survey_of,
    verdicts,
)


def test_what_fewer_than_five_people_do_is_for_them_and_its_owner(company: Company) -> None:
    hidden = {
        who: verdicts(company, company.member(who))["contract review"][0]
        for who in ("legal1@x.example", "sales1@x.example")
    }
    page = company.advice.workflow(company.workspace, "contract review", AS_OF, ANYBODY).to_json()

    assert hidden == {"legal1@x.example": "draft only", "sales1@x.example": "suppressed"}
    assert page["evidence"] == {
        "verified": None,
        "accepted": None,
        "people": None,
        "weeks": None,
        "lower_bound": None,
        "bar": None,
    }


def test_what_a_trial_showed_is_kept_with_its_verdict_and_changes_both_shares(company: Company) -> None:
    half_by_ai(company)
    before = survey_of(company)
    ended = {"routed": [30, 40], "displaced": [40, 40]}
    with company.writing.begin() as connection:
        days = (date(2026, 10, 5), date(2026, 11, 1))
        open_trial(connection, company.workspace, "ticket answering", days, {}, {})
        (trial,) = read_remembered(connection, company.workspace, AS_OF).trials["ticket answering"]
        close_trial(connection, company.workspace, trial.id, date(2026, 11, 2), ended)
    after = survey_of(company)

    assert after.tried("ticket answering", "routed") == (30, 40)
    assert after.prepared("ticket answering").inputs.routing == (36.0, 14.0)
    assumed, observed = (of_workflows(survey, ["ticket answering"]) for survey in (before, after))
    assert assumed.ratio is not None
    assert observed.ratio is not None
    assert observed.ratio.p50 > 1.4 * assumed.ratio.p50  # 46 of 50 displaced work, and not 6 of 10
    assert ("Assumed: 60%" in assumed.text(), "Assumed" in observed.text()) == (True, False)


def test_what_was_done_in_the_last_eight_whole_weeks_are_its_facts(company: Company) -> None:
    survey = survey_of(company)

    facts = survey.facts("account notes")

    assert facts.volume == pytest.approx(13 * 5)
    assert facts.ai_share == pytest.approx(1 / 13)
    assert survey.facts("unheard of") == WorkFacts()
    assert survey.recorded == 8


def test_its_stage_is_where_the_last_move_led_else_the_catalogues(company: Company) -> None:
    assert survey_of(company).stage("ticket answering") == "draft"
    assert survey_of(company).stage("account notes") == "manual"

    company.advice.accept(company.workspace, "account notes", "sales0@x.example", AS_OF)

    assert survey_of(company).stage("account notes") == "assist"


def test_a_teams_people_are_counted_without_agents_and_an_unknown_team_has_none(company: Company) -> None:
    assert survey_of(company).people_of("Sales") == 6
    assert survey_of(company).people_of("Nowhere") == 0
