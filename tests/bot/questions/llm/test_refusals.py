"""Our own words for what a model declines or finds unclear."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Option
from bot.questions.llm.refusals import declined, doubt, merged
from bot.questions.llm.tools import DOUBTS, REASONS
from bot.questions.reading import Impossible, Refused, Unclear


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_that_a_model_may_give_has_words_of_ours(reason: str) -> None:
    reading = declined(reason, "step")

    assert isinstance(reading, Refused if reason == "verdict_on_people" else Impossible)
    assert reading.text.endswith(".")
    assert reading.steps == ("step",)


def test_what_cannot_be_answered_comes_with_questions_that_can() -> None:
    reading = declined("off_topic", "step")

    assert isinstance(reading, Impossible)
    assert reading.options
    assert all(option.label == option.ask for option in reading.options)


@pytest.mark.parametrize("about", DOUBTS)
def test_every_doubt_is_a_question_that_quotes_the_asker_where_there_is_something_to_quote(about: str) -> None:
    assert doubt(about, "busy").endswith(" by “busy”?")
    assert doubt(about, "").endswith("?")
    assert "“" not in doubt(about, "")


def test_two_questions_back_keep_the_words_of_the_first_and_five_options_of_both() -> None:
    first = Unclear(text="first", options=tuple(Option(label="f", ask=f"f{n}") for n in range(4)), steps=("model",))
    more = Unclear(
        text="more", about="person", steps=("rules",),
        options=(Option(label="again", ask="f0"), *(Option(label="m", ask=f"m{n}") for n in range(4))),
    )  # fmt: skip
    both = merged(first, more)

    assert (both.text, both.about, both.steps) == ("first", "person", ("rules", "model"))
    assert [option.ask for option in both.options] == ["f0", "f1", "f2", "f3", "m0"]
