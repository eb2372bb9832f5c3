"""Answers on the command line: how a question was read, batches line by line, a run of questions measured."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from rich.console import Console

from bot.cli import terminal
from bot.errors import UserError
from bot.questions.answers.answer import Answer, Receipt, Status
from bot.questions.evaluation import QuestionVerdict, Score
from storage.catalogue import DIMENSIONS, METRICS


def asked(*lines: str) -> tuple[list[tuple[str, str | None, str | None]], list[dict[str, object]]]:
    """What was asked in which thread, and what was written."""
    questions: list[tuple[str, str | None, str | None]] = []

    def ask(question: str, email: str | None, thread: str | None) -> Answer:
        questions.append((question, email, thread))
        if question == "boom":
            raise RuntimeError
        return Answer(status=Status.ANSWERED, text=f"about {question}")

    out = StringIO()
    list(terminal.batch(lines, ask, out))
    return questions, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_of_a_batch_is_a_thread_whose_last_turn_is_answered() -> None:
    questions, told = asked('{"id": "q1", "turns": ["cost", "by tool"], "as": "ana@x"}', "", '{"turns": ["tokens"]}')

    assert [(question, email) for question, email, _ in questions] == [
        ("cost", "ana@x"),
        ("by tool", "ana@x"),
        ("tokens", None),
    ]
    threads = [thread for _, _, thread in questions]
    assert threads[0] == threads[1] != threads[2]
    assert [(answer["id"], answer["text"]) for answer in told] == [("q1", "about by tool"), (3, "about tokens")]


def test_a_question_that_trips_the_engine_costs_the_others_nothing() -> None:
    _, told = asked('{"id": 1, "turns": ["boom"]}', '{"id": 2, "turns": ["cost"]}')

    assert [(answer["id"], answer["status"]) for answer in told] == [(1, "unsupported"), (2, "answered")]
    assert told[0]["text"] == terminal.FAILED


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("cost last month", "Line 1 of the batch is not an object with `turns`."),
        ('{"question": "cost"}', "is not an object with `turns`"),
        ('["cost"]', "is not an object with `turns`"),
        ('{"turns": []}', "needs `turns`, a list of questions"),
        ('{"turns": "cost"}', "needs `turns`, a list of questions"),
        ('{"turns": ["cost", 7]}', "needs `turns`, a list of questions"),
    ],
)
def test_a_line_that_is_no_question_is_named(line: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        asked(line)


def test_an_explanation_has_the_steps_the_query_the_definition_and_the_statements() -> None:
    receipt = Receipt(metric="cost", definition="Money.", period="", zone="", scope="", newest="", coverage=None)
    answer = Answer(
        status=Status.ANSWERED,
        text="",
        query={"metrics": ["cost"]},
        receipt=receipt,
        explain={"steps": ("“cost” is a metric",), "sql": ("SELECT [1]",)},
    )
    console = Console(file=StringIO(), width=80)
    terminal.explain(answer, console)
    told = console.file.getvalue()  # type: ignore[attr-defined]  # it is a StringIO

    assert told.index("“cost” is a metric") < told.index('"metrics"') < told.index("cost: Money.")
    assert told.index("cost: Money.") < told.index("SELECT [1]")


def test_a_run_is_a_table_by_family_what_is_off_and_what_changed() -> None:
    score = Score(
        (
            QuestionVerdict("a1", "advice", "right", elapsed_ms=4.0),
            QuestionVerdict("b1", "basics", "wrong", "expected 7", elapsed_ms=8.0),
            QuestionVerdict("b2", "basics", "right", ungrounded=("12",), elapsed_ms=8.0),
        )
    )
    console = Console(file=StringIO(), width=120)
    terminal.evaluation(score, {"verdicts": [{"id": "a1", "outcome": "missed"}]}, console)
    told = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]

    assert "advice 1 0 0" in told
    assert "basics 1 1 0" in told
    assert "wrong b1 expected 7" in told
    assert "right b2 ungrounded 12" in told
    assert "a1: missed → right" in told
    assert told[-1].startswith("3 questions: right 66.7%, wrong 33.3%, missed 0.0%, ungrounded 1; p50 8.0 ms")


def test_the_catalogue_has_every_metric_with_its_formula_and_every_dimension() -> None:
    console = Console(file=StringIO(), width=400)
    terminal.catalogue(console)
    told = console.file.getvalue()  # type: ignore[attr-defined]

    for metric in METRICS.values():
        assert f"{metric.name} ({metric.unit.value})" in told
        assert f"= {metric.formula}" in told
    for dimension in DIMENSIONS.values():
        assert f"  {dimension.name} (" in told
