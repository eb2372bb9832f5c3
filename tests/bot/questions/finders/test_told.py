"""What is asked of the system itself, in which language, and how many questions a message holds."""

from __future__ import annotations

import pytest

from bot.questions.finders.cutting import questions_of
from bot.questions.finders.languages import foreign
from bot.questions.finders.told import told
from bot.questions.lexicon.tables import entries
from tests.bot.questions.finders.bureau import world


@pytest.mark.parametrize(
    ("text", "topic", "about"),
    [
        ("hi", "help", ""),
        ("Thanks a lot!", "help", ""),
        ("what can I ask?", "help", ""),
        ("???", "help", ""),
        ("how fresh is the data?", "freshness", ""),
        ("what does adoption mean?", "definition", "adoption_rate"),
        ("How is the agent share calculated?", "definition", "agent_share"),
        ("define effective tokens", "definition", "effective_tokens"),
        ("What do you call an active day?", "definition", "active_days_per_person"),
    ],
)
def test_it_is_told_without_figures(text: str, topic: str, about: str) -> None:
    found = told(text)
    assert found is not None
    assert (found.topic, found.about) == (topic, about)


@pytest.mark.parametrize(
    "text",
    ["what is the adoption rate in October?", "what did we spend?", "hi, cost of Web", "how is adoption in Bath"],
)
def test_a_question_for_figures_is_not_told(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize("entry", entries("languages"), ids=lambda entry: entry.name)
def test_another_language_gets_one_line_in_that_language(entry: object) -> None:
    found = foreign(entry.example)  # type: ignore[attr-defined]
    assert found is not None
    assert found.text == entry.text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "Welches Team, sorry, which team had the highest cost per head?",
        "tokens of Nice?",
        "How many tokens last month?",
    ],
)
def test_english_is_read_though_a_word_of_another_language_is_in_it(text: str) -> None:
    assert foreign(text) is None


def test_two_questions_are_cut_apart() -> None:
    text = "How many tokens did Web use in October? What did Growth spend?"
    assert questions_of(text, world()) == ["How many tokens did Web use in October?", "What did Growth spend?"]


@pytest.mark.parametrize(
    "text", ["Morning! Cost of Web in October?", "I have a question. Cost of Web? Thanks!", "cost and tokens"]
)
def test_what_surrounds_one_question_stays_with_it(text: str) -> None:
    assert questions_of(text, world()) == [text]
