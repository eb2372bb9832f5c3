"""What a message says before it asks is told from the question."""

from __future__ import annotations

import pytest

from bot.questions.finders.context import is_statement, question_alone


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Since caching was meant to help, what is the cache share of September?",
            "what is the cache share of September?",
        ),
        ("Because one contract dominates, cost by tool in Q3?", "cost by tool in Q3?"),
        ("The landlord wants more rent; cost of Porto in Q3?", "cost of Porto in Q3?"),
        ("nice, thx! cost of Nice in Q3?", "cost of Nice in Q3?"),
        ("I promised a figure, so tokens of Core in August?", "tokens of Core in August?"),
        ("My boss in Lima wants the company's cost for September", "the company's cost for September"),
        ("Before I renew: requests in Cursor in Q3?", "requests in Cursor in Q3?"),
    ],
)
def test_a_question_is_cut_from_what_stands_before_it(text: str, question: str) -> None:
    assert next(question_alone(text))[1] == question


@pytest.mark.parametrize(
    "text",
    [
        "Since the reorg was done, tokens per head?",  # which days it means is what it says
        "We only look at pilots; cost in Q3?",  # it restricts
        "The landlord raises the rent; cost there in Q3?",  # the question points back
        "Only contractors: cost in Q3?",
        "Which team needs the most minutes per item?",
        "The CFO wants it without tax. Cost in Q3?",
    ],
)
def test_what_may_be_a_condition_stays(text: str) -> None:
    assert list(question_alone(text)) == []


def test_a_reply_keeps_its_figure_and_loses_its_reason() -> None:
    text = "And now, because that contract ends soon, the same for ChatGPT"
    assert list(question_alone(text, threaded=True))[:1] == []
    text = "And now, because we renegotiate, also ChatGPT"
    assert next(question_alone(text, threaded=True)) == ("because we renegotiate", "And now, also ChatGPT")


@pytest.mark.parametrize("text", ["We're thinking about ChatGPT", "The board meets on Friday", "It was a long week"])
def test_a_statement_asks_nothing(text: str) -> None:
    assert is_statement(text)


@pytest.mark.parametrize("text", ["show me the cost", "no agents", "just ours is fine", "cost by team"])
def test_a_request_is_no_statement(text: str) -> None:
    assert not is_statement(text)
