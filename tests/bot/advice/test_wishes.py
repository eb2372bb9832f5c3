"""Which questions ask for advice."""

from __future__ import annotations

import json

import pytest

from bot.advice.wishes import AdviceQuestion, strict_wish
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
    assert strict_wish(text) == wish


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
    assert strict_wish(text) is None


@needs_shared
def test_no_question_of_the_development_set_is_taken() -> None:
    lines = shared("data", "questions.jsonl").read_text("utf-8").splitlines()
    turns = [turn for line in lines for turn in json.loads(line)["turns"]]

    assert [turn for turn in turns if strict_wish(turn)] == []


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
    assert strict_wish(text) == wish


@pytest.mark.parametrize("text", ["what is leverage", "what does leverage mean?", "our leverage by week", "tokens"])
def test_other_questions_are_left_to_the_engine(text: str) -> None:
    assert strict_wish(text) is None
