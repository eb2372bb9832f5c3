"""A workflow that somebody enters by hand."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.adding import enter, wrong_entry
from storage.answer.privacy import OPERATOR
from storage.records import WorkflowRecord
from tests.bot.advice.conftest import AS_OF, NOW, OWNER, Company, survey_of

ENTRY = WorkflowRecord(name="refund  report", team="support", activity="generation", minutes_mode=60.0)


def test_what_the_catalogue_has_against_an_entry_is_said_by_field(company: Company) -> None:
    survey = survey_of(company)

    def wrong(by: str = OWNER, **fields: str) -> dict[str, str]:
        return wrong_entry(survey, replace(ENTRY, **fields), by, ())  # type: ignore[arg-type]

    assert wrong() == {}
    assert wrong(team="Suport") == {"team": "I know no team called Suport. Did you mean Support?"}
    taken = "ticket answering is in the catalogue already, and for its owner (Support 0) to change."
    assert wrong(by="sales1@x.example", name="TICKET answering") == {"name": taken}
    assert wrong(by="support0@x.example", name="TICKET answering") == {}


def test_how_often_it_comes_is_kept_so_that_a_verdict_is_there_at_once(company: Company) -> None:
    survey = survey_of(company)
    with company.writing.begin() as connection:
        assert enter(connection, survey, ENTRY, {"volume": "30"}, OWNER, NOW) == "refund report"

    card = company.advice.workflow(company.workspace, "refund report", AS_OF, OPERATOR).card
    assert (card.team, card.volume, card.verdict.told) == ("Support", 30.0, "offload")
