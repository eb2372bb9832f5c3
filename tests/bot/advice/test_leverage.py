"""The leverage ratio against plain arithmetic, where it is not measurable, and the answer with three lenses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.advice.asking import AdviceQuestion, Advisor, wish_of
from bot.advice.experiments import TrialWeek, displaced, routed
from bot.advice.inputs import ROUTED, WorkFacts, prepare
from bot.advice.leverage import COVERED, of_team, of_workflows
from bot.advice.survey import Survey, read_survey
from bot.advice.values import Grade
from bot.questions.answers.answer import Answer, Status
from bot.questions.request import AskRequest
from storage.answer.privacy import OPERATOR
from storage.answer.workload import WeekOfWork
from storage.keep.advice import close_trial, open_trial, read_remembered
from storage.load.writes import LoadOf, save_work
from storage.names import read_directory
from storage.records import WorkflowRecord, WorkMode, WorkRecord
from tests.bot.advice.conftest import AS_OF, FIRST, NOW, Company

NO_FACTS = WorkFacts()
PLAIN = WorkflowRecord(name="plain", team="Support", activity="generation")


def survey_of(company: Company) -> Survey:
    with company.writing.connect() as connection:
        return read_survey(connection, read_directory(connection, company.workspace), AS_OF, OPERATOR)


def half_by_ai(company: Company, name: str = "ticket answering", items: int = 40) -> None:
    """Twelve weeks in which half of the work is AI's: 20 minutes by hand, 5 beside AI."""
    rows = [
        WorkRecord(
            natural_key=f"half/{name}/{week}/{mode}", day=FIRST + timedelta(weeks=week), workflow=name, mode=mode,
            items=items,
            human_minutes=Decimal(items * minutes), accepted=items, reworked=0, failed=0,
        )
        for week in range(12)
        for mode, minutes in ((WorkMode.HUMAN, 20), (WorkMode.ASSISTED, 5))
    ]  # fmt: skip
    save_work(company.writing, LoadOf(workspace_id=company.workspace, source="half", what="work", now=NOW), rows)


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
    assert f"that leaves {found.net.p50:,.1f}" in found.text()


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


def ask(company: Company, text: str) -> Answer | None:
    request = AskRequest(workspace_id=company.workspace, text=text, asker_email=None, operator=True)
    return Advisor(company.advice, 5).answer(request, AS_OF)


def test_what_is_our_leverage_is_answered_through_three_lenses_each_figure_a_fact(company: Company) -> None:
    half_by_ai(company)

    answer = ask(company, "what is our leverage?")

    assert answer is not None
    assert answer.status is Status.ANSWERED
    assert [word for word in ("Intensity:", "Absorption:", "Quality:") if word in answer.text] == [
        "Intensity:", "Absorption:", "Quality:",
    ]  # fmt: skip
    held = [float(fact.value) for fact in answer.facts if isinstance(fact.value, int | float)]
    for said in re.findall(r"\d[\d,]*\.\d+", answer.text):
        assert any(abs(float(said.replace(",", "")) - value * scale) < 0.06 for value in held for scale in (1, 100))


def test_who_may_not_see_a_small_teams_work_gets_no_figure_of_it(company: Company) -> None:
    half_by_ai(company, "contract review")
    advisor = Advisor(company.advice, 5)

    def asked(text: str, email: str) -> Answer:
        found = advisor.answer(AskRequest(workspace_id=company.workspace, text=text, asker_email=email), AS_OF)
        assert found is not None
        return found

    for text in ("leverage ratio of contract review", "what is Legal's leverage?"):
        other = asked(text, "sales1@x.example")
        assert (other.status, re.findall(r"\d", other.text), other.facts) == (Status.DENIED, [], ())
    assert asked("leverage ratio of contract review", "legal1@x.example").status is Status.ANSWERED
    assert "without 1 of its workflows" in asked("what is our leverage?", "sales1@x.example").caveats[-1]


def test_a_missing_lens_is_named_with_how_to_get_it(company: Company) -> None:
    answer = ask(company, "what is the leverage of Sales?")
    people = ask(company, "what is the leverage of People?")

    assert answer is not None
    assert people is not None
    assert "no use of AI is recorded: connect a source of usage" in answer.text
    assert "work.csv brings it, by mode" in people.text
    assert "nothing says how good the work with AI is: import" in people.text


def test_a_period_that_was_named_is_answered_with_the_one_it_has(company: Company) -> None:
    half_by_ai(company)

    answer = ask(company, "what was the leverage ratio of Support over the last 4 weeks?")

    assert answer is not None
    assert answer.caveats[0].startswith(
        "the ratio is always of the last eight complete weeks, and not of the last 4 weeks"
    )


def test_a_workflow_has_no_tokens_per_head(company: Company) -> None:
    half_by_ai(company)

    answer = ask(company, "leverage ratio of ticket answering")

    assert answer is not None
    assert "Intensity" not in answer.text
    assert "Leverage ratio" in answer.text


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("what is our leverage?", AdviceQuestion("leverage")),
        ("hey, what's the leverage ratio of Support please", AdviceQuestion("leverage", "support")),
        ("Support's leverage ratio", AdviceQuestion("leverage", "support")),
        ("how much leverage does Sales get from AI?", AdviceQuestion("leverage", "sales")),
        ("what does the leverage ratio mean?", AdviceQuestion("ratio")),
    ],
)
def test_questions_about_leverage(text: str, wish: AdviceQuestion) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize("text", ["what is leverage", "what does leverage mean?", "our leverage by week", "tokens"])
def test_other_questions_are_left_to_the_engine(text: str) -> None:
    assert wish_of(text) is None


def test_what_a_trial_routed_counts_only_what_was_by_hand_before() -> None:
    before = [TrialWeek(items=100, by_ai=20)] * 4
    trial = [TrialWeek(items=100, by_ai=60)] * 4

    assert routed(before, trial) == (160, 320)
    assert routed(before, before) == (0, 320)
    assert routed([], trial) == (0, 0)


def test_the_share_routed_in_a_trial_moves_the_assumed_one_and_is_graded_as_measured() -> None:
    survey_facts = prepare(PLAIN, replace(NO_FACTS, volume=20.0), {})
    tried = prepare(PLAIN, replace(NO_FACTS, volume=20.0), {}, routed=(160, 320))

    assert survey_facts.inputs.routing == (6.0, 4.0)
    assert tried.inputs.routing == (26.0, 24.0)
    routed_of = [next(given for given in found.given if given.name == ROUTED) for found in (survey_facts, tried)]
    assert [(given.grade, given.value) for given in routed_of] == [
        (Grade.D, "about 60%"),
        (Grade.B, "50% in its trials"),
    ]
    assert ROUTED not in survey_facts.assumed  # the same guess for all, so that it tells no workflow from another


def test_runs_beyond_the_volume_before_are_new_work() -> None:
    before = [TrialWeek(items=100, by_ai=20)] * 4

    assert displaced(before, [TrialWeek(items=100, by_ai=60)] * 4) == (240, 240)
    assert displaced(before, [TrialWeek(items=200, by_ai=100)] * 4) == (200, 400)
    assert displaced([], [TrialWeek(items=100, by_ai=60)]) == (0, 0)


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


def test_no_estimate_takes_over_more_than_two_fifths_of_what_a_team_works(company: Company) -> None:
    half_by_ai(company, items=4_000)

    card = next(card for card in company.advice.offload(company.workspace, "Support", AS_OF, OPERATOR))

    assert card.workflow == "ticket answering"
    assert card.hours is not None
    assert card.hours.p90 == pytest.approx(0.4 * 40 * 6)
    assert "no estimate is believed beyond two fifths of the team's time" in card.reason
