"""A refusal that offers nothing of its own offers whole questions."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answers.answer import Answer, Option, Status
from bot.questions.answers.nearby import with_a_press
from bot.questions.answers.replies import EXAMPLES

UNCLEAR = Answer(status=Status.CLARIFY, text="What is “wax” for in that question?")


def asks(answer: Answer, text: str) -> list[str]:
    return [option.ask for option in with_a_press(answer, text).options]


def test_the_figure_that_was_named_is_offered_plainly() -> None:
    assert asks(UNCLEAR, "Spend on wax?") == ["cost last month", "cost by team last month"]
    assert asks(UNCLEAR, "what about the wax") == list(EXAMPLES[:2])


def test_what_has_options_or_figures_or_may_not_be_seen_is_left_as_it_is() -> None:
    own = replace(UNCLEAR, options=(Option(label="cost", ask="cost of Web"),))
    denied, told = (replace(UNCLEAR, status=status) for status in (Status.DENIED, Status.ANSWERED))
    assert [with_a_press(answer, "cost") for answer in (own, denied, told)] == [own, denied, told]
