"""Hours that were counted have the careful estimate beside them."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.headline import CarefulHours
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.hours import COUNTED
from bot.questions.request import AskRequest
from tests.bot.advice.conftest import AS_OF, Company

HOURS = Answer(
    status=Status.ANSWERED,
    text="Hours offloaded, Support, October 2026: 40.",
    query={"metrics": ["hours_offloaded"], "filters": [{"dimension": "team", "op": "in", "values": ["Support"]}]},
    caveats=(COUNTED,),
)


def test_hours_of_a_team_have_their_range_and_how_much_of_the_work_is_catalogued(company: Company) -> None:
    request = AskRequest(
        workspace_id=company.workspace, text="", asker_email="sales1@x.example", audience=Audience.MEMBERS
    )
    careful = CarefulHours(company.advice)

    answer = careful.beside(HOURS, request, AS_OF)

    facts = {fact.label: fact.value for fact in answer.facts}
    likely, part = (
        facts["hours a week net of people's time beside AI, p50"],
        facts["part of people's time in the catalogue"],
    )
    assert isinstance(likely, float)
    assert answer.text.startswith(f"{HOURS.text} Estimated with care: {likely:.3g} hours a week (")
    assert f"in catalogued work that holds {part:.0%} of people's time." in answer.text
    assert "as if people had done it by hand; the estimate takes 60% of AI's runs" in answer.caveats[0]
    assert all(fact.said for fact in answer.facts)

    tokens = replace(HOURS, query={"metrics": ["tokens"]})
    assert careful.beside(tokens, request, AS_OF) is tokens
