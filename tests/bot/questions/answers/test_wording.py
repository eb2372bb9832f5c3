"""The sentence of an answer, shape by shape, over the sample organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.questions import read as reading_rules
from bot.questions.answers.answer import Answer
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from tests.conftest import LARKSPUR_DAY

Ask = Callable[[str], Answer]


@pytest.fixture
def ask(larkspur: str) -> Iterator[Ask]:
    reading, writing = reading_engine(larkspur), writing_engine(larkspur)
    questions = Questions(reading, writing, Settings(), ShortMemory(), reading_rules.read)
    yield lambda text: questions.ask(
        AskRequest(workspace_id=1, text=text, asker_email=None, operator=True, as_of=LARKSPUR_DAY)
    )
    reading.dispose()
    writing.dispose()


def test_a_single_figure_is_said_with_what_it_is(ask: Ask) -> None:
    answer = ask("tokens last month")

    assert answer.text == f"Tokens, October 2026: {answer.rows[0].values['tokens']:,}."


def test_a_comparison_says_direction_change_and_what_it_was(ask: Ask) -> None:
    text = ask("cost last month compared with the month before").text

    assert "down $" in text
    assert "from $" in text
    assert "%" in text


def test_a_series_says_its_lowest_its_highest_and_its_newest_point(ask: Ask) -> None:
    text = ask("weekly tokens, last 4 weeks").text

    assert text.count("(2026-") == 3
    assert "most recently" in text


def test_several_lines_are_said_where_they_stand_now(ask: Ask) -> None:
    answer = ask("tokens by team and week, last 4 weeks")

    assert "in the week of 2026-11-09 Booking" in answer.text
    assert "and 8 more" in answer.text


def test_a_long_list_says_the_first_and_how_many_more(ask: Ask) -> None:
    answer = ask("tokens by team last month")

    assert answer.text.endswith(f"and {len(answer.rows) - 5} more.")


def test_a_list_that_nothing_passes_says_so(ask: Ask) -> None:
    assert ask("teams with more than 900 billion tokens last month").text.endswith("nothing passes.")
