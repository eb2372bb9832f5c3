"""Questions that ask for advice, who gets which answer, and the commands."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from bot.advice.wishes import AdviceQuestion, wish_of
from bot.questions.answers.answer import Audience, Status
from tests.bot.advice.conftest import Company, ask
from tests.bot.advice.runs import runs
from tests.shared import needs_shared, shared


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("where could we offload more?", AdviceQuestion("where")),
        ("What should Support automate next?", AdviceQuestion("where", "support")),
        ("where can we automate in Engineering", AdviceQuestion("where", "engineering")),
        ("Where could Sales offload more?", AdviceQuestion("where", "sales")),
        ("what can be automated?", AdviceQuestion("where")),
        ("which workflows should we automate first?", AdviceQuestion("where")),
        ("is contract review worth automating?", AdviceQuestion("worth", "contract review")),
        ("should we automate ticket answering?", AdviceQuestion("worth", "ticket answering")),
        ("what is holding back the code review?", AdviceQuestion("back", "code review")),
        ("What’s holding code review back?", AdviceQuestion("back", "code review")),
    ],
)
def test_a_question_for_advice_is_understood(text: str, wish: AdviceQuestion) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "hours offloaded last month",
        "which workflow has the most offloadable hours?",
        "where did cost grow most?",
        "is that normal?",
        "how many hours did we automate in Support?",
        "what is the automation rate of code review",
    ],
)
def test_a_question_for_figures_is_left_to_the_engine(text: str) -> None:
    assert wish_of(text) is None


@needs_shared
def test_no_question_of_the_development_set_is_taken() -> None:
    lines = shared("data", "questions.jsonl").read_text("utf-8").splitlines()
    turns = [turn for line in lines for turn in json.loads(line)["turns"]]

    assert [turn for turn in turns if wish_of(turn)] == []


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


def test_worth_says_yes_or_no_first(company: Company) -> None:
    for name, first in (
        ("account notes", "Yes."),
        ("quick lookups", "No."),
        ("price lists", "Not before"),
        ("contract review", "As drafts only"),
    ):
        answer = ask(company, f"is {name} worth automating?")
        assert answer is not None
        assert answer.text.startswith(first)


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
