"""“What is our leverage?” through three lenses."""

from __future__ import annotations

import re

from bot.advice.asking import Advisor
from bot.questions.answers.answer import Answer, Status
from bot.questions.request import AskRequest
from tests.bot.advice.conftest import AS_OF, Company, ask, half_by_ai


def test_what_is_our_leverage_is_answered_through_three_lenses_each_figure_a_fact(company: Company) -> None:
    half_by_ai(company)

    answer = ask(company, "what is our leverage?")

    assert answer is not None
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("AI saves about ")
    assert answer.text.index("How much AI is used: ") < answer.text.index("How good it is: ")
    held = [float(fact.value) for fact in answer.facts if isinstance(fact.value, int | float)]
    for said in re.findall(r"\d[\d,]*\.\d+", answer.text):
        scales = (1, 100, 1e-3, 1e-6)
        assert any(abs(float(said.replace(",", "")) - value * scale) < 0.06 for value in held for scale in scales)


def test_who_may_not_see_a_small_teams_work_gets_no_figure_of_it(company: Company) -> None:
    half_by_ai(company, "contract review")
    advisor = Advisor(company.advice)

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


def test_a_workflow_has_no_tokens_per_head(company: Company) -> None:
    half_by_ai(company)

    answer = ask(company, "leverage ratio of ticket answering")

    assert answer is not None
    assert "Intensity" not in answer.text
    assert "Leverage ratio" in answer.text
