"""The audit log keeps questions and never costs anybody an answer."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from storage.keep.audit import LoggedQuestion, forget, misread, record, text_of, vote
from storage.tables import Question

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
ASKED = LoggedQuestion(
    asked_at=NOW,
    asker="ana@acme.example",
    place="#eng",
    text="tokens last week",
    engine="rules",
    status="answered",
    query={"metrics": ["tokens"]},
    elapsed_ms=3.5,
)


def test_a_question_is_kept_with_who_where_and_which_query(engine: Engine, workspace_id: int) -> None:
    number = record(engine, workspace_id, ASKED)
    assert number

    with engine.connect() as connection:
        row = connection.execute(select(Question.asker, Question.place, Question.text, Question.query)).one()
        assert (text_of(connection, workspace_id, number), text_of(connection, workspace_id, number + 1)) == (
            row.text,
            "",
        )
    assert tuple(row) == ("ana@acme.example", "#eng", "tokens last week", {"metrics": ["tokens"]})


@pytest.mark.parametrize(
    "odd",
    [
        replace(ASKED, text="a" * 100_000),
        replace(ASKED, text="nul \0 and half a pair \ud800"),
        replace(ASKED, place="p" * 5_000, asker="x" * 5_000),
    ],
)
def test_odd_text_is_kept_as_far_as_it_can_be(engine: Engine, workspace_id: int, odd: LoggedQuestion) -> None:
    assert record(engine, workspace_id, odd)


def test_what_cannot_be_kept_is_logged_without_its_text(
    engine: Engine, workspace_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert not record(engine, workspace_id, replace(ASKED, query={"x": object()}))

    assert "not kept" in caplog.text
    assert "tokens last week" not in caplog.text


def test_a_question_of_no_workspace_does_not_fail_the_answer(engine: Engine) -> None:
    assert not record(engine, 999, ASKED)


def test_old_questions_are_forgotten(engine: Engine, workspace_id: int) -> None:
    record(engine, workspace_id, replace(ASKED, asked_at=NOW - timedelta(days=91)))
    record(engine, workspace_id, ASKED)

    assert forget(engine, workspace_id, NOW - timedelta(days=90)) == 1


def test_a_thumb_is_kept_for_the_asker_alone_and_the_misread_are_listed_with_their_turns(
    engine: Engine, workspace_id: int
) -> None:
    first = record(engine, workspace_id, replace(ASKED, thread="t1"))
    second = record(engine, workspace_id, replace(ASKED, thread="t1", text="by tool"))
    other = record(engine, workspace_id, replace(ASKED, thread="t2", text="cost"))
    assert first
    assert second
    assert other

    with engine.begin() as connection:
        assert vote(connection, workspace_id, second, "ana@acme.example", "down", "Q3 was meant")
        assert vote(connection, workspace_id, first, "ana@acme.example", "up")
        assert not vote(connection, workspace_id, other, "bo@acme.example", "down")
        assert not vote(connection, workspace_id + 1, other, "ana@acme.example", "down")
        found = misread(connection, workspace_id)

    assert [(question.turns, question.complaint) for question in found] == [
        (("tokens last week", "by tool"), "Q3 was meant")
    ]
