"""The demo in a terminal: three answers, then as many as are asked for."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console

from bot.cli.demo import MORE, QUESTIONS, run_demo
from bot.errors import UserError
from bot.questions.answers.answer import Answer, Status


class Asked:
    """An `ask` that remembers what it was asked."""

    def __init__(self) -> None:
        self.questions: list[str] = []

    def __call__(self, text: str) -> Answer:
        self.questions.append(text)
        if text == "hello":
            raise UserError("Ask about tokens.")
        return Answer(status=Status.ANSWERED, text=f"Answer {len(self.questions)}.")


def run(*typed: str) -> tuple[Asked, str]:
    ask, out, lines = Asked(), io.StringIO(), iter(typed)

    def read(lines: Iterator[str] = lines) -> str | None:
        return next(lines, None)

    assert run_demo(ask, ask, Console(file=out, width=100), read if typed else None) == 0
    return ask, out.getvalue()


def test_without_a_person_it_shows_three_answers_and_ends() -> None:
    ask, text = run()

    assert ask.questions == list(QUESTIONS)
    assert len(QUESTIONS) == 3
    assert all(question in text for question in QUESTIONS)
    assert text.index("Answer 1.") < text.index(QUESTIONS[1]) < text.index("Answer 2.") < text.index("Answer 3.")
    assert MORE[0] not in text


def test_a_person_can_ask_more_until_the_input_ends() -> None:
    ask, text = run("adoption of codex", "  ", "and last week?")

    assert ask.questions[3:] == ["adoption of codex", "and last week?"]
    assert all(question in text for question in MORE)
    assert "Answer 5." in text


def test_a_question_that_is_refused_does_not_end_it() -> None:
    ask, text = run("hello", "adoption")

    assert "Ask about tokens." in text
    assert ask.questions[-1] == "adoption"


def test_a_person_can_leave_with_a_word() -> None:
    ask, _ = run("Exit", "tokens")

    assert len(ask.questions) == 3
