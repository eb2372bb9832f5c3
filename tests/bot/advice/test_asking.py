"""Questions that ask for advice, who gets which answer, and the commands."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from bot.advice.asking import AdviceQuestion, Advisor, wish_of
from bot.cli.advice import offload, workflow
from bot.errors import UserError
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.request import AskRequest
from bot.settings import Settings
from tests.bot.advice.conftest import AS_OF, Company
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


def ask(company: Company, text: str, email: str | None = None, audience: Audience = Audience.PRIVATE) -> Answer | None:
    request = AskRequest(
        workspace_id=company.workspace, text=text, asker_email=email, operator=email is None, audience=audience
    )
    return Advisor(company.advice, 5).answer(request, AS_OF)


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
        said = [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", answer.text)]
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


def settings_of(company: Company) -> Settings:
    return Settings(database_url=company.writing.url.render_as_string(hide_password=False))


def printed(console: Console) -> str:
    return console.export_text()


def test_the_offload_command_prints_the_contracts_objects(company: Company) -> None:
    console = Console(record=True, width=200)

    assert offload(settings_of(company), None, AS_OF, True, console) == 0
    rows = json.loads(printed(console))

    assert {
        "workflow",
        "team",
        "activity",
        "verdict",
        "reason",
        "stage",
        "next_stage",
        "hours_per_week",
        "score",
    } <= rows[0].keys()
    assert {"confidence", "grade", "ai_does", "intent", "constraints", "done_check"} <= rows[0].keys()
    assert {"stop_and_ask_when", "risk", "why_now", "drivers"} <= rows[0].keys()
    assert rows[0]["hours_per_week"].keys() == {"p10", "p50", "p90"}
    assert len(rows) == 9


def test_the_workflow_command_prints_the_contracts_object(company: Company) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(49)])
    console = Console(record=True, width=200)

    workflow(settings_of(company), "ticket answering", AS_OF, True, console)
    found = json.loads(printed(console))

    assert found["evidence"] == {
        "verified": 49,
        "accepted": 49,
        "people": 4,
        "weeks": 5,
        "lower_bound": 0.9006,
        "bar": 0.9,
    }
    assert (found["stage"], found["decision"], found["signals"], found["history"]) == (
        "draft",
        "propose promotion",
        [],
        [],
    )


def test_both_commands_print_words_for_people(company: Company) -> None:
    console = Console(record=True, width=200)

    offload(settings_of(company), None, AS_OF, False, console)
    workflow(settings_of(company), "account notes", AS_OF, False, console)

    words = printed(console)
    assert "badge requests: about 19 hours a week by hand" in words
    assert "review minutes: 4 to 9, mostly 7 (D, default of its activity)" in words


def test_without_a_store_the_command_says_how_to_fill_one(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}")

    with pytest.raises(UserError, match="fulcrum import"):
        offload(settings, None, date(2026, 11, 18), False, Console())
