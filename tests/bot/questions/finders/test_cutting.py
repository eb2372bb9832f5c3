"""Several questions in one message: where one ends and the next begins."""

from __future__ import annotations

import pytest

from bot.questions.finders.cutting import MOST, questions_of
from bot.questions.limits import MAX_QUESTION
from tests.bot.questions.finders.bureau import world


def test_two_questions_are_cut_apart() -> None:
    text = "How many tokens did Web use in October? What did Growth spend?"
    assert questions_of(text, world()) == ["How many tokens did Web use in October?", "What did Growth spend?"]


@pytest.mark.parametrize(
    "text", ["Morning! Cost of Web in October?", "I have a question. Cost of Web? Thanks!", "cost and tokens"]
)
def test_what_surrounds_one_question_stays_with_it(text: str) -> None:
    assert questions_of(text, world()) == [text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("tokens of Web last month, and how much did Growth spend?", "how much did Growth spend?"),
        ("What is the cost of Web?\nWhat is the adoption of Data?", "What is the adoption of Data?"),
        ("Cost of Web in October; requests of Data in October", "requests of Data in October"),
    ],
)
def test_a_second_figure_or_name_begins_a_question_of_its_own(text: str, second: str) -> None:
    assert questions_of(text, world())[1:] == [second]


def test_at_most_six_are_answered_and_nothing_is_read_beyond_the_longest_question() -> None:
    names = ("tokens", "cost", "requests", "adoption rate", "headcount", "output tokens", "input tokens", "agent share")
    text = " ".join(f"What was the {name} of Web?" for name in names)

    assert len(questions_of(text, world())) == MOST
    assert len(questions_of("x" * (2 * MAX_QUESTION), world())[0]) == MAX_QUESTION


def test_all_of_a_message_is_in_its_questions() -> None:
    text = "Morning! What did Web spend in October? Thanks! And what about the tokens of Growth?"

    assert " ".join(questions_of(text, world())) == text
