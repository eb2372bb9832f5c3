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


def test_a_known_figure_takes_the_place_of_a_word_that_nobody_knows_where_it_is_read_so() -> None:
    juice = replace(UNCLEAR, unknown="juice")

    offered = with_a_press(juice, "Juice of Core  last month", lambda ask: ask.startswith("cost")).options
    assert [option.ask for option in offered] == ["cost of Core last month"]
    assert [option.ask for option in with_a_press(juice, "juice of Core", lambda _: False).options] == [*EXAMPLES[:2]]
    assert [option.ask for option in with_a_press(juice, "how juice was Core", lambda _: True).options] == [
        *EXAMPLES[:2]
    ]
    named = with_a_press(juice, "cost of juice", lambda _: True).options
    assert [option.ask for option in named] == ["cost last month", "cost by team last month"]


def test_what_has_options_or_figures_or_may_not_be_seen_is_left_as_it_is() -> None:
    own = replace(UNCLEAR, options=(Option(label="cost", ask="cost of Web"),))
    denied, told = (replace(UNCLEAR, status=status) for status in (Status.DENIED, Status.ANSWERED))
    assert [with_a_press(answer, "cost") for answer in (own, denied, told)] == [own, denied, told]
