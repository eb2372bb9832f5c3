"""A typed reply to a question asked back picks one of its options."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.questions import read as reading_rules
from bot.questions.answers.answer import Answer, Status
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.threads.chosen import chosen
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from tests.conftest import LARKSPUR_DAY

KEPT = {
    "offered": [
        ["ticket triage", 'items of workflow "ticket triage"'],
        ["incident triage", 'items of workflow "incident triage"'],
        ["Ana Berg", 'tokens of person "ana.berg@x"'],
    ]
}


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        ("the ticket one", 'items of workflow "ticket triage"'),
        ("Incident triage please", 'items of workflow "incident triage"'),
        ("i mean Ana", 'tokens of person "ana.berg@x"'),
        ("triage", None),
        ("the first one", None),
        ("cost by team last month", None),
        ("and Support?", None),
        ("", None),
    ],
)
def test_a_reply_names_one_option_or_none(reply: str, asked: str | None) -> None:
    assert chosen(reply, KEPT) == asked


def test_nothing_is_chosen_where_nothing_was_offered() -> None:
    assert chosen("the ticket one", None) is None
    assert chosen("the ticket one", {"query": {}}) is None


@pytest.fixture
def questions(larkspur: str) -> Iterator[Questions]:
    reading, writing = reading_engine(larkspur), writing_engine(larkspur)
    yield Questions(reading, writing, Settings(), ShortMemory(), reading_rules.read)
    reading.dispose()
    writing.dispose()


def _ask(questions: Questions, text: str) -> Answer:
    return questions.ask(
        AskRequest(
            workspace_id=1, text=text, asker_email=None, operator=True, as_of=LARKSPUR_DAY, where="test", thread="T:1"
        )
    )


def test_a_thread_goes_on_from_the_option_that_was_typed(questions: Questions) -> None:
    first = _ask(questions, "cost of claude last month")
    assert first.status is Status.CLARIFY
    label = first.options[0].label

    second = _ask(questions, label)

    assert second.status is Status.ANSWERED
    assert _ask(questions, "and in September?").status is Status.ANSWERED
