"""What is asked of the system itself."""

from __future__ import annotations

import pytest

from bot.questions.finders.told import defined_in_thread, told
from storage.catalogue import METRICS


@pytest.mark.parametrize(
    ("text", "topic", "about"),
    [
        ("hi", "help", ""),
        ("Thanks a lot!", "help", ""),
        ("what can I ask?", "help", ""),
        ("???", "help", ""),
        ("how fresh is the data?", "freshness", ""),
        ("since when do we have data", "freshness", ""),
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


def test_what_there_is_of_a_dimension_is_listed_by_name() -> None:
    asked = {"list all teams": "team", "what are our tools?": "tool", "which models do we have": "model"}

    assert {text: (found.topic, found.about) for text in asked if (found := told(text))} == {
        text: ("names", about) for text, about in asked.items()
    }
    assert told("list teams by cost") is None


def test_every_metric_is_defined_by_the_words_that_answers_call_it_by() -> None:
    found = {name: told(f"what does {metric.label} mean") for name, metric in METRICS.items()}

    assert {name: reading.about if reading else "" for name, reading in found.items()} == {
        name: name for name in METRICS
    }


@pytest.mark.parametrize(
    "text", ["what does that mean?", "definition?", "how is this calculated", "How do you measure that?"]
)
def test_that_is_the_figure_of_the_answer_before(text: str) -> None:
    found = defined_in_thread(text, "tokens_per_employee")

    assert found is not None
    assert (found.topic, found.about) == ("definition", "tokens_per_employee")
    assert defined_in_thread("what does that mean for Web", "tokens") is None


@pytest.mark.parametrize(
    "text", ["Can my manager see my usage?", "what do you store about me", "delete my data", "do you read my prompts?"]
)
def test_who_sees_what_is_asked_of_the_system_itself(text: str) -> None:
    found = told(text)

    assert found is not None
    assert found.topic == "privacy"
    assert told("what do you say of Web's usage") is None


@pytest.mark.parametrize(
    "text", ["can I trust these numbers?", "what don't these numbers show", "do tokens show value"]
)
def test_what_figures_do_not_show_is_asked_of_the_system_itself(text: str) -> None:
    found = told(text)

    assert found is not None
    assert found.topic == "limits"
