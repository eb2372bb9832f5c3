"""Questions that ask for advice, who gets which answer, and the commands."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.advice.values import STAGES
from bot.questions.answers.answer import Audience, Status
from tests.bot.advice.conftest import Company, ask
from tests.bot.advice.runs import runs


def test_where_to_offload_is_a_list_best_first_with_the_best_ones_card(company: Company) -> None:
    answer = ask(company, "where could we offload more?")

    assert answer is not None
    assert answer.status is Status.ANSWERED
    assert [row.labels["workflow"] for row in answer.rows] == ["account notes", "price lists"]
    assert answer.rows[0].values["p10"] is not None
    assert answer.text.startswith("account notes: offload")
    assert answer.caveats[0].startswith("assumed from its activity, grade D")


def test_every_figure_of_the_text_is_in_the_rows_or_facts(company: Company) -> None:
    for text in ("where could we offload more?", "is account notes worth automating?"):
        answer = ask(company, text)
        assert answer is not None
        data = answer.to_json()
        known = [fact["value"] for fact in data["facts"]] + [v for row in data["rows"] for v in row["values"].values()]
        numbers = {round(float(value), places) for value in known for places in (0, 1, 2)}
        numbers |= {round(float(value) * 100) for value in known}
        said = [
            float(number)
            for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", answer.text.replace("in 9 of 10 cases", ""))
        ]
        assert [number for number in said if number not in numbers] == []


def test_one_teams_next_step_is_its_own(company: Company) -> None:
    answer = ask(company, "what should Support automate next?")

    assert answer is not None
    assert not answer.rows
    assert "Nothing catalogued" in answer.text


def begins(company: Company, question: str, *wanted: tuple[str, str]) -> None:
    """The answer about each of these workflows begins so."""
    for name, first in wanted:
        answer = ask(company, question.format(name))
        assert answer is not None
        assert answer.text.startswith(first), name


def test_worth_says_yes_or_no_first(company: Company) -> None:
    begins(
        company,
        "is {} worth automating?",
        ("account notes", "Yes."),
        ("quick lookups", "No."),
        ("price lists", "Not before"),
        ("contract review", "As drafts only"),
    )


def test_what_could_go_wrong_is_not_answered_with_yes_or_no(company: Company) -> None:
    answer = ask(company, "what could go wrong if we automate account notes?")

    assert answer is not None
    assert answer.text.startswith("account notes: offload")


def test_whether_people_keep_it_is_the_same_verdict_from_their_side(company: Company) -> None:
    begins(
        company,
        "should {} stay with people?",
        ("account notes", "It need not."),
        ("quick lookups", "Yes."),
        ("contract review", "Yes, and"),
    )


def test_a_team_of_ones_own_that_nobody_knows_is_asked_for(company: Company) -> None:
    answer = ask(company, "what should my team hand to AI next?")

    assert answer is not None
    assert answer.text == "I do not know which team is yours. Ask again with its name."


def test_trust_in_a_workflow_that_is_not_catalogued_says_so_and_judges_nobody(company: Company) -> None:
    answer = ask(company, "is parcel sorting ready for more autonomy?")

    assert answer is not None
    assert answer.status is Status.CLARIFY
    assert answer.text.startswith("I know no workflow called parcel sorting.")


def test_what_holds_a_workflow_back_names_what_is_missing(company: Company) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(20, people=2)])

    answer = ask(company, "what is holding back ticket answering?")

    assert answer is not None
    assert "20 of 30 verified runs" in answer.text
    assert "fewer than 3 people" in answer.text
    assert {fact.label: fact.value for fact in answer.facts}["verified runs"] == 20


def test_what_a_channel_may_not_read_goes_to_the_asker_alone(company: Company) -> None:
    text = "is contract review worth automating?"

    alone = ask(company, text, "legal0@x.example", Audience.MEMBERS)
    open_ = ask(company, "where could we offload more?", "sales1@x.example", Audience.OPEN)
    other = ask(company, text, "sales1@x.example", Audience.MEMBERS)

    assert alone is not None
    assert open_ is not None
    assert other is not None
    assert (alone.private, alone.status) == (True, Status.ANSWERED)
    assert open_.private
    assert other.status is Status.DENIED
    assert "h/week" not in other.text


def test_a_channel_of_members_reads_what_all_may_see(company: Company) -> None:
    answer = ask(company, "where could we offload more?", "sales1@x.example", Audience.MEMBERS)

    assert answer is not None
    assert not answer.private


def test_an_unknown_name_is_asked_back_where_one_is_near_and_else_left_to_the_engine(company: Company) -> None:
    near = ask(company, "is contrct review worth automating?")

    assert near is not None
    assert (near.status, "contract review" in near.text) == (Status.CLARIFY, True)
    assert ask(company, "what is holding back our growth?") is None


def test_stages_are_a_list_furthest_first_and_one_stage_or_workflow_is_told_alone(company: Company) -> None:
    every = ask(company, "workflows by stage")
    alone = ask(company, "which workflows are at manual?")
    of_one = ask(company, "what stage is account notes at?")

    assert every is not None
    assert alone is not None
    assert of_one is not None
    stages = [STAGES.index(row.labels["stage"]) for row in every.rows]
    assert stages == sorted(stages, reverse=True)
    assert {row.labels["stage"] for row in alone.rows} == {"manual"}
    assert of_one.text.startswith("account notes is at")
    assert ask(company, "which workflows are in Support?") is None
